import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    // The wasm modules are built from Rust and tested in a browser; here stand-ins record what TypeScript asks of them.
    alias: [
      { find: /^\.\.\/\.\.\/wasm\/container\.js$/, replacement: "/tests/stand-ins/container-wasm.ts" },
      { find: /^\.\.\/\.\.\/wasm\/element\.js$/, replacement: "/tests/stand-ins/element-wasm.ts" },
    ],
  },
  test: {
    environment: "jsdom",
    include: ["tests/**/*.test.{ts,tsx}"],
    setupFiles: ["tests/setup.ts"],
    restoreMocks: true,
  },
});
