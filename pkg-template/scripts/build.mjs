// Builds dist/: the modules and styles.css. The declarations are TypeScript's (tsconfig.types.json).
//
// Why a bundler, for files that need none to be loaded: a page pays for the launcher before anybody wants to chat, and
// one minified file is half the bytes, and one round trip, of ten readable ones. What is imported dynamically stays in
// files of its own. The maps carry the sources.
import { readFile, rm } from "node:fs/promises";
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
      return { path: found, errors, namespace: "inline-css" };
    });
    onLoad({ filter: /.*/, namespace: "inline-css" }, async ({ path }) => ({
      contents: `export default ${JSON.stringify(await minified(path))}`,
      watchFiles: [path],
    }));
  },
};

await rm(at("dist"), { recursive: true, force: true });
await build({
  absWorkingDir: at(""),
  entryPoints: ["index.ts", "react.tsx", "element.ts", "script.ts"].map((name) => `src/public/${name}`),
  outdir: "dist",
  outbase: "src",
  // Chunks are as deep as the sources, so that "../../wasm/…" means the same file from both.
  chunkNames: "internal/[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  // "browser" would replace process.env.NODE_ENV, which is the site's bundler's to know.
  platform: "neutral",
  jsx: "automatic",
  minify: true,
  // Beside the files but not named in them: five comments that every page would pay for with 150 bytes.
  sourcemap: "external",
  legalComments: "none",
  // What a site has once stays the site's; all else comes along, for a page without a bundler.
  external: ["../../wasm/*", "react", "react-dom", "react/jsx-runtime", "@openai/*"],
  plugins: [inlineCss],
});
await build({
  absWorkingDir: at(""),
  entryPoints: ["styles.css"],
  outfile: "dist/styles.css",
  minify: true,
});
