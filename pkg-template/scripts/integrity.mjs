// Writes integrity.json into the finished package: Subresource Integrity of every file that a page without a bundler loads,
// by path in the package. For <script integrity>, <link integrity>, the "integrity" of an import map, and wasmIntegrity.
//
// Usage: node integrity.mjs <folder of the package>
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("give the folder of the package");

/** What a page never loads: the plugin is Node's, and the site's bundler's. */
const LOADED = /^(dist\/(public|internal|locales)\/[^/]+\.js|wasm\/[^/]+\.(js|wasm)|styles\.css)$/;

const files = (await readdir(folder, { recursive: true })).map((path) => path.replaceAll("\\", "/"));
// By code units: the same order on every machine.
const loaded = files.filter((path) => LOADED.test(path)).sort((a, b) => (a < b ? -1 : 1));
const hashed = loaded.map(async (path) => {
  const hash = createHash("sha384").update(await readFile(join(folder, path)));
  return [path, `sha384-${hash.digest("base64")}`];
});
await writeFile(join(folder, "integrity.json"), `${JSON.stringify(Object.fromEntries(await Promise.all(hashed)), null, 2)}\n`);
