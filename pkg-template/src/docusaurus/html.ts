/** The toggle in the HTML of every page: there before any script is. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { hostStyle } from "../internal/host-style.js";
import { hostAttributes, type Markup, toggleMarkup } from "../internal/toggle.js";
import type { ChatWidgetOptions } from "../public/types.js";
import { HOST_ID } from "./host.js";
import { hasWidget, siteRoute } from "./site-page.js";
import type { PagePatterns } from "./pages.js";

const escaped = (text: string): string =>
  text.replace(/[&"<>]/g, (character) => `&#${character.charCodeAt(0)};`);

function html([tag, attributes, ...children]: Markup): string {
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  return `<${tag}${written.join("")}>${children.map(html).join("")}</${tag}>`;
}

/** The host with its toggle. It begins and ends so that {@link withoutHost} finds it again. */
export function hostHtml(options: ChatWidgetOptions): string {
  const style = Object.entries(hostStyle(options)).map(([name, value]) => `${name}:${value}`);
  const attributes = {
    id: HOST_ID,
    class: "ckw",
    ...hostAttributes(options),
    ...(style.length === 0 ? {} : { style: style.join(";") }),
  };
  return html(["div", attributes, toggleMarkup(`${HOST_ID}-panel`, options.labels)]);
}

/** A page's HTML without the host. HTML minifiers may have dropped quotes, but no tags of ours. */
export function withoutHost(page: string): string {
  const begin = page.search(new RegExp(`<div id="?${HOST_ID}"?[ >]`));
  const end = begin < 0 ? -1 : page.indexOf("</div>", begin);
  return end < 0 ? page : page.slice(0, begin) + page.slice(end + "</div>".length);
}

/** Takes the host out of the built pages that shall have none. */
export async function cleanPages(outDir: string, patterns: PagePatterns): Promise<void> {
  if (patterns.include.length + patterns.exclude.length === 0) return;
  const files = await readdir(outDir, { recursive: true, withFileTypes: true });
  for (const file of files) {
    if (!file.isFile() || !file.name.endsWith(".html")) continue;
    const path = join(file.parentPath, file.name);
    const route = siteRoute(`/${relative(outDir, path).split(sep).join("/")}`, "/");
    if (hasWidget(route, patterns)) continue;
    const page = await readFile(path, "utf8");
    const clean = withoutHost(page);
    if (clean !== page) await writeFile(path, clean);
  }
}
