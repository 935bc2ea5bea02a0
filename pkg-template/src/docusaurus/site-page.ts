/** A page of the site in the browser: where it is below `baseUrl`, and whether it has the widget. */
import type { PagePatterns } from "./pages.js";

/** The address below `baseUrl`, without slashes at its ends: `/book/docs/intro/` is `docs/intro`. */
export function siteRoute(pathname: string, baseUrl: string): string {
  const below = `${pathname}/`.startsWith(baseUrl) ? pathname.slice(baseUrl.length) : pathname;
  const path = below.replace(/(^|\/)index\.html$/, "").replace(/\.html$/, "");
  try {
    return decodeURI(path).replace(/^\/+|\/+$/g, "");
  } catch {
    return path.replace(/^\/+|\/+$/g, "");
  }
}

/** Whether the page has the widget. */
export function hasWidget(route: string, { include, exclude }: PagePatterns): boolean {
  const matches = (sources: string[]): boolean => sources.some((source) => new RegExp(source).test(route));
  return (include.length === 0 || matches(include)) && !matches(exclude);
}
