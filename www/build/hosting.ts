/**
 * Where the page will be served. `cargo xtask demo` serves it at `/`, with its servers beside it. A host of plain files,
 * such as GitHub Pages, has it in a folder, and runs no server.
 */
import type { Plugin } from "vite";

/** Settings of the build, from the environment. */
export interface Hosting {
  /** The folder the page is in, as the address has it, with a slash at both ends. */
  base: string;
  /** Written to `demo-config.json` for a host of plain files: `null` where no server answers the chat. */
  backend: { backendUrl: string | null } | undefined;
}

export function hosting(env: Record<string, string | undefined>): Hosting {
  if (env.DEMO_BASE === undefined) return { base: "/", backend: undefined };
  const base = `/${env.DEMO_BASE}/`.replaceAll(/\/+/g, "/");
  return { base, backend: { backendUrl: env.DEMO_BACKEND_URL?.trim() || null } };
}

/** Adds what a host of plain files needs: the configuration, and an answer for every address that is no file. */
export function plainFiles({ backend }: Hosting): Plugin {
  return {
    name: "demo-plain-files",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        if (backend === undefined) return;
        this.emitFile({ type: "asset", fileName: "demo-config.json", source: JSON.stringify(backend) });
        const index = bundle["index.html"];
        if (index?.type !== "asset") throw new Error("there is no index.html to answer with");
        // Such hosts send it for an address without a file; the page's router knows what to show there.
        this.emitFile({ type: "asset", fileName: "404.html", source: index.source });
      },
    },
  };
}
