/** What Docusaurus and the plugin's alias provide when a site is built. */
declare module "@generated/globalData" {
  const data: Record<string, unknown>;
  export default data;
}

declare module "chatkit-widget-site-options" {
  const options: import("./options.js").DocusaurusClientOptions;
  export default options;
}
