/** Commands of the installed packages, and what they leave behind. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The start file of a command of an installed package. */
export function bin(name, command = name) {
  const { bin } = JSON.parse(readFileSync(join("node_modules", name, "package.json"), "utf8"));
  return join("node_modules", name, typeof bin === "string" ? bin : bin[command]);
}

/** Runs Node to its end and returns what it printed; a failure is an error with all of its output. */
export function node(args, env = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    env: { ...process.env, ...env },
    maxBuffer: 2 ** 26,
  });
  assert.equal(status, 0, `node ${args.join(" ")}\n${stdout}${stderr}`);
  return stdout;
}

/** All files under a folder, as paths in it with forward slashes. */
export function files(folder, ending = "") {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return found
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1).replaceAll("\\", "/"))
    .filter((file) => file.endsWith(ending))
    .sort();
}

/**
 * Each of the two wasm modules is among the files of a build, as it was installed, and nothing is there twice. Bundlers
 * name files as they like, so it is the bytes that tell.
 */
export function expectEachModuleOnce(folder) {
  const installed = join("node_modules", "chatkit-widget", "wasm");
  const names = new Map(files(installed, ".wasm").map((file) => [digest(join(installed, file)), file]));
  const emitted = files(folder, ".wasm").map((file) => names.get(digest(join(folder, file))) ?? `unknown: ${file}`);
  assert.deepEqual(emitted.sort(), ["container_bg.wasm", "element_bg.wasm"]);
}

const digest = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");
