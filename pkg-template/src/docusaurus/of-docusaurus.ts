/** Modules of the Docusaurus that runs the plugin. */
import { realpathSync } from "node:fs";
import { createRequire } from "node:module";

/**
 * Loads one of them. Not an import: package managers that keep packages apart (pnpm) show a package only what it depends
 * on, and the plugin cannot depend on a Docusaurus that most who install this package do not have. The command that is
 * running sees what is its own.
 * @throws what `require` throws where neither place has it
 */
export function ofDocusaurus<T>(name: string): T {
  const [, command] = process.argv;
  try {
    return createRequire(import.meta.url)(name) as T;
  } catch (error) {
    if (command === undefined || (error as { code?: unknown }).code !== "MODULE_NOT_FOUND") throw error;
    return createRequire(realpathSync(command))(name) as T;
  }
}
