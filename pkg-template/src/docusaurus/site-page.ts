/** A page of the site in the browser: where it is below `baseUrl`, whether it has the widget, whose it is. */
import type { PagePatterns } from "./pages.js";

/** The address below `baseUrl`, without slashes at its ends: `/book/docs/intro/` is `docs/intro`. */
export function siteRoute(pathname: string, baseUrl: string): string {
  const below = `${pathname}/`.startsWith(baseUrl) ? pathname.slice(baseUrl.length) : pathname;
  const path = below.replace(/(^|\/)index\.html$/, "").replace(/\.html$/, "");
  return decoded(path).replace(/^\/+|\/+$/g, "");
}

function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/** Whether the page has the widget. */
export function hasWidget(route: string, { include, exclude }: PagePatterns): boolean {
  const matches = (sources: string[]): boolean => sources.some((source) => new RegExp(source).test(route));
  return (include.length === 0 || matches(include)) && !matches(exclude);
}

/** A route of Docusaurus, as far as it matters. */
export interface Route {
  path: string;
  exact?: boolean;
  strict?: boolean;
  routes?: Route[];
}

/** The router's `matchPath`. */
type Match = (pathname: string, route: Route) => unknown;

/**
 * Whether Docusaurus's router has a page at this address. Below `baseUrl` there is more than its pages: other locales,
 * which are sites of their own, and the files of `static/`.
 */
export function isRoute(pathname: string, routes: readonly Route[], match: Match): boolean {
  const leads = (path: string, to: readonly Route[]): boolean =>
    // "*" is the page for addresses that are none.
    to.some((route) => route.path !== "*" && match(path, route) && (route.routes === undefined || leads(path, route.routes)));
  // Docusaurus writes some addresses encoded and some not.
  return leads(pathname, routes) || leads(decoded(pathname), routes);
}
