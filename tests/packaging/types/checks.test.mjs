// Strict TypeScript projects. Run by `cargo xtask test packaging` in a copy of this folder, in which the tarball is
// installed.
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";

const { bin, node } = await import(pathToFileURL(join(process.env.CKW_HARNESS, "index.mjs")));

/** `module` and `moduleResolution` as sites have them: of a bundler, and of Node's two ages. */
const RESOLUTIONS = [["ESNext", "Bundler"], ["Node16", "Node16"], ["NodeNext", "NodeNext"]];

for (const compiler of ["typescript-5.6", "typescript"]) {
  const tsc = bin(compiler, "tsc");
  const version = node([tsc, "--version"]).trim().replace("Version ", "");
  describe(`TypeScript ${version}, strict, declarations checked too`, () => {
    for (const [module, resolution] of RESOLUTIONS) {
      test(`takes every entry's types under moduleResolution ${resolution}`, () => {
        node([tsc, "--module", module, "--moduleResolution", resolution]);
      });
    }
  });
}
