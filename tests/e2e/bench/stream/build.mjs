/** Each contender as a page loads it. */
import { build } from "esbuild";

await build({
  entryPoints: ["ours.ts", "floor.ts", "streamdown.tsx", "streamdown-throttled.tsx", "react-markdown.tsx", "deep-chat.ts"].map((file) => `contenders/${file}`),
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  define: { "process.env.NODE_ENV": '"production"' },
  outdir: "dist",
});
