/** A stylesheet as text: minified by the build (scripts/build.mjs), as it is under Vitest. */
declare module "*.css?inline" {
  const css: string;
  export default css;
}
