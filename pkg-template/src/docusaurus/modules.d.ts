/** What Docusaurus and the plugin's alias provide when a site is built. */
declare module "@generated/globalData" {
  const data: Record<string, unknown>;
  export default data;
}

declare module "chatkit-widget-site-options" {
  const options: import("./options.js").DocusaurusClientOptions;
  export default options;
}

declare module "@generated/routes" {
  const routes: import("./site-page.js").Route[];
  export default routes;
}

declare module "@docusaurus/router" {
  export function matchPath(pathname: string, route: import("./site-page.js").Route): object | null;
}
