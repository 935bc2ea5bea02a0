import { build } from "esbuild";

const wasm = (module) => ({ in: `node_modules/chatkit-widget/wasm/${module}_bg.wasm`, out: `${module}_bg` });

await build({
  entryPoints: ["src/index.js", wasm("container"), wasm("element")],
  // esbuild does not follow `new URL("….wasm", import.meta.url)`: the modules are copied next to the scripts.
  loader: { ".wasm": "copy" },
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  minify: true,
});
