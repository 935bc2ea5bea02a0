/** Which pages have the widget, by their address below the site's `baseUrl`. */
import picomatch from "picomatch";
import type { DocusaurusOptions } from "./options.js";

/** Patterns as regular expressions, which are understood in the browser without the library that reads patterns. */
export interface PagePatterns {
  include: string[];
  exclude: string[];
}

/** The front page is an empty pattern, which the library does not take. */
function source(pattern: string): string {
  const path = withoutSlashes(pattern);
  return path === "" ? "^$" : picomatch.makeRe(path, { dot: true }).source;
}

const sources = (patterns: string | string[] | undefined): string[] => [patterns ?? []].flat().map(source);

/** Reads the options. */
export function pagePatterns({ include, exclude }: Pick<DocusaurusOptions, "include" | "exclude">): PagePatterns {
  return { include: sources(include), exclude: sources(exclude) };
}

/** `/docs/intro/` and `docs/intro` are the same page, whatever the site's `trailingSlash`. */
export function withoutSlashes(path: string): string {
  return path.replace(/^\/+|\/+$/g, "");
}
