// Builds dist/: the modules and styles.css. The declarations are TypeScript's (tsconfig.types.json).
//
// Why a bundler, for files that need none to be loaded: a page pays for the launcher before anybody wants to chat, and
// one minified file is half the bytes, and one round trip, of ten readable ones. The maps carry the sources.
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const minified = async (path) => (await transform(await readFile(path, "utf8"), { loader: "css", minify: true })).code;

/** `import css from "./x.css?inline"`, as Vite has it: the minified text. */
const inlineCss = {
  name: "inline-css",
  setup({ onLoad, onResolve, resolve }) {
    onResolve({ filter: /\.css\?inline$/ }, async ({ path, ...from }) => {
      const { path: found, errors } = await resolve(path.replace(/\?inline$/, ""), { ...from, pluginData: undefined });
      // A path from here: it is written into the maps and goes into the names of chunks, which are the same on every
      // machine.
      const near = relative(at(""), found).replaceAll("\\", "/");
      return { path: near, errors, namespace: "inline-css" };
    });
    onLoad({ filter: /.*/, namespace: "inline-css" }, async ({ path }) => ({
      contents: `export default ${JSON.stringify(await minified(at(path)))}`,
      watchFiles: [at(path)],
    }));
  },
};

/** What is imported dynamically, and so comes later: each has a file of its own. */
const LANGUAGES = ["ar", "de", "es", "fr", "ja", "pt", "ur", "zh"].map((tag) => `locales/${tag}`);
const LATER = [
  "public/element",
  "internal/controller",
  "internal/chatkit-body",
  "internal/plain-chat",
  "internal/page/ask",
  "internal/code-colors",
  "internal/formulas",
  ...LANGUAGES,
];
/** Comes later, too, and is built by itself: in it comments tell bundlers to leave an import alone. */
const COMMENTED = "internal/wasm-elsewhere";
/** Every file of dist/ lies in a folder in it, so that a path out of one is a path out of all. */
const inDist = (module) => `${module.split("/")[0]}/${module.split("/").at(-1)}`;

/** Leaves imports of what comes later to the browser. */
const later = {
  name: "later",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.?\// }, ({ path, kind, resolveDir }) => {
      if (kind !== "dynamic-import" || path.includes("/wasm/")) return undefined;
      const module = relative(at("src"), join(resolveDir, path)).replaceAll("\\", "/").replace(/\.js$/, "");
      if (module === COMMENTED || LATER.includes(module)) return { path: `../${inDist(module)}.js`, external: true };
      return { errors: [{ text: `add "${module}" to LATER` }] };
    });
  },
};

const modules = {
  absWorkingDir: at(""),
  outdir: "dist",
  outbase: "src",
  bundle: true,
  format: "esm",
  target: "es2022",
  // "browser" would replace process.env.NODE_ENV, which is the site's bundler's to know.
  platform: "neutral",
  jsx: "automatic",
  minify: true,
  // Named in the files, so that a site's debugger and its bundler find them; they hold the sources themselves.
  sourcemap: "linked",
  legalComments: "none",
  // What a site has once stays the site's; all else comes along, for a page without a bundler. The wasm is as far from
  // dist/public and dist/internal as from the folders of src/.
  external: ["../../wasm/*", "react", "react-dom", "react/jsx-runtime", "@openai/*"],
  plugins: [inlineCss, later],
  metafile: true,
};

/** Sources that are in launchers and in what comes later. They remember nothing that both would have to know. */
const IN_BOTH = ["src/internal/load.ts", "src/internal/log.ts"];

/** The sources that something is left of. */
function sources({ metafile }) {
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  return new Set(inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([source]) => source));
}

await rm(at("dist"), { recursive: true, force: true });
// The launchers: one file, one request each. A page has one of them.
const launchers = await build({ ...modules, entryPoints: ["src/public/index.ts", "src/public/react.tsx", "src/public/script.ts"] });
// What comes later shares its parts: the element's wasm is initialised once, whoever asks first.
const rest = await build({
  ...modules,
  entryPoints: LATER.map((module) => ({ in: `./src/${module}`, out: inDist(module) })),
  splitting: true,
  chunkNames: "internal/[name]-[hash]",
});
// Minified to the last space, it would have lost them.
const commented = await build({ ...modules, entryPoints: [`src/${COMMENTED}.ts`], minify: false, minifyIdentifiers: true, minifySyntax: true });
if (!(await readFile(at(`dist/${COMMENTED}.js`), "utf8")).includes("webpackIgnore: true")) throw new Error(`${COMMENTED}: its comments are gone`);
const early = sources(launchers);
const twice = [...sources(rest), ...sources(commented)].filter((source) => early.has(source) && !IN_BOTH.includes(source));
if (twice.length > 0) throw new Error(`in a launcher and in what comes later, each with a memory of its own: ${twice.join(", ")}`);
/** The plugin shares the launcher with pages that mount the widget themselves. */
const launcherElsewhere = {
  name: "launcher-elsewhere",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.\/public\/index\.js$/ }, ({ path }) => ({ path, external: true }));
  },
};
// Docusaurus runs the plugin with Node, and bundles the module in the browser with the rest of the site.
const docusaurus = await build({
  ...modules,
  entryPoints: ["src/docusaurus/plugin.ts", "src/docusaurus/client.ts", "src/docusaurus/no-options.ts"],
  external: [...modules.external, "node:*", "@docusaurus/*", "@generated/*", "chatkit-widget-site-options"],
  plugins: [launcherElsewhere, later],
});
await build({
  absWorkingDir: at(""),
  entryPoints: ["styles.css"],
  outfile: "dist/styles.css",
  minify: true,
});

// What others wrote and we deliver asks to be named, with its licence.
const modulesOfOthers = [launchers, rest, docusaurus].flatMap((built) => [...sources(built)]);
const OTHERS = new Set(modulesOfOthers.flatMap((source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1] ?? []));
const licenceOf = async (name) => {
  const folder = at(`node_modules/${name}`);
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${name} has no licence file`);
  return `${name}\n\n${(await readFile(join(folder, file), "utf8")).trim()}\n`;
};
const licences = await Promise.all([...OTHERS].sort().map(licenceOf));
await writeFile(at("dist/internal/LICENSES.txt"), licences.join(`\n${"-".repeat(80)}\n\n`));
