import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { book } from "./build/book.ts";

export default defineConfig({
  plugins: [book(), react()],
  // The book with the widget, and the page to try every feature on.
  build: { rolldownOptions: { input: ["index.html", "features.html"] } },
  // The package loads its wasm through `new URL(…, import.meta.url)`, which pre-bundling would break;
  // and a rebuilt tarball must not be answered from the pre-bundling cache.
  optimizeDeps: { exclude: ["chatkit-widget"] },
});
