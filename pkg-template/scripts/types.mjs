// Makes of TypeScript's declarations those we ship: complete in themselves, and only those somebody can import.
//
// Why ChatKit's types come along: `@openai/chatkit` imports './widgets' without an ending, which is an error in every
// project with `moduleResolution` "node16" or "nodenext" that checks declarations (`skipLibCheck: false`). A copy with
// the ending is the same types to TypeScript, which compares them by their shape.
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const dist = at("dist");

const CHATKIT = at("node_modules/@openai/chatkit");
const { version } = JSON.parse(await readFile(join(CHATKIT, "package.json"), "utf8"));
const NOTICE = `// From @openai/chatkit ${version}; its licence is beside this file. Changed: imports of files have their ending.\n`;

await mkdir(join(dist, "chatkit"), { recursive: true });
for (const file of ["index.d.ts", "widgets.d.ts"]) {
  const text = await readFile(join(CHATKIT, "types", file), "utf8");
  await writeFile(join(dist, "chatkit", file), NOTICE + text.replaceAll(/ from '(\.[^']*)'/g, " from '$1.js'"));
}
await copyFile(join(CHATKIT, "LICENSE"), join(dist, "chatkit", "LICENSE"));

// TypeScript looks for the types of a stylesheet too (`noUncheckedSideEffectImports`, the default of its newest).
await writeFile(join(dist, "styles.d.ts"), "export {};\n");

/** Every import of a declaration file: `from "…"`, `import("…")`, `import "…"`. */
const IMPORT = /(\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)(["'])([^"']+)\2/g;
/** Comments hold examples, whose imports are not the file's. */
const withoutComments = (text) => text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");

const TYPES = join(dist, "public", "types.d.ts");
const own = await readFile(TYPES, "utf8");
await writeFile(TYPES, own.replace('from "@openai/chatkit"', 'from "../chatkit/index.js"'));

const { exports } = JSON.parse((await readFile(at("../package.json.tmpl"), "utf8")).replaceAll("{{version}}", "0.0.0"));
const open = Object.values(exports).flatMap(({ types }) => (types === undefined ? [] : [resolve(at(""), types)]));
const reached = new Set();
for (let file = open.pop(); file !== undefined; file = open.pop()) {
  if (reached.has(file)) continue;
  reached.add(file);
  for (const [, , , name] of withoutComments(await readFile(file, "utf8")).matchAll(IMPORT)) {
    if (name.startsWith("@openai/")) throw new Error(`${file} shows types of ${name}, which not every project can read`);
    if (name.startsWith(".")) open.push(resolve(dirname(file), name.replace(/\.js$/, ".d.ts")));
  }
}
for (const entry of await readdir(dist, { recursive: true, withFileTypes: true })) {
  const file = join(entry.parentPath, entry.name);
  if (file.endsWith(".d.ts") && !reached.has(file)) await rm(file);
}
