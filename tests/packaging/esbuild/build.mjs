// build.mjs
import { build } from "esbuild";

const wasm = ["container_bg", "element_bg"];

await build({
  entryPoints: ["src/index.js", ...wasm.map((name) => ({ in: `node_modules/chatkit-widget/wasm/${name}.wasm`, out: name }))],
  loader: { ".wasm": "copy" },
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  minify: true,
});
