import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { book } from "./build/book.ts";
import { hosting, plainFiles } from "./build/hosting.ts";

const host = hosting(process.env);

export default defineConfig({
  base: host.base,
  plugins: [book(), react(), plainFiles(host)],
  // The book with the widget, and the page to try every feature on, which is nothing without its server.
  build: { rolldownOptions: { input: host.backend === undefined ? ["index.html", "features.html"] : ["index.html"] } },
  // The package loads its wasm through `new URL(…, import.meta.url)`, which pre-bundling would break;
  // and a rebuilt tarball must not be answered from the pre-bundling cache.
  optimizeDeps: { exclude: ["chatkit-widget"] },
});
