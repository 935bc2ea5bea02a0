/**
 * Vite plugin that turns each page of the textbook (`book/NN-slug.md`) into a module whose default export is a
 * `BookPage`. It runs at build time, so the browser is sent neither a markdown parser nor a highlighter.
 *
 * A figure is an SVG file named `figures/<page slug>.<section id>.svg`. It is set at the end of its section. It is
 * not referred to in the markdown, so that the text the demo server quotes stays text.
 *
 * A build fails on a link or a figure that leads nowhere: the server cites the same addresses.
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Plugin } from "vite";
import { parse } from "yaml";
import type { BookPage } from "../src/book/page.ts";
import { type Figures, render } from "./render.ts";

export function book(): Plugin {
  const pages = new Map<string, { page: BookPage; links: string[] }>();
  let folder: string | undefined;
  let base = "/";
  return {
    name: "demo-book",
    enforce: "pre",
    configResolved(config) {
      base = config.base;
    },
    transform(source, id) {
      if (!/\/book\/[^/]+\.md$/.test(id)) return null;
      folder = dirname(id);
      const read = readPage(source, id, base);
      pages.set(read.page.slug, read);
      for (const figure of read.figures) this.addWatchFile(figure);
      return { code: `export default ${JSON.stringify(read.page)};`, map: null };
    },
    buildEnd(error) {
      if (error !== undefined || folder === undefined) return;
      const wrong = [...deadLinks(pages), ...strayFigures(pages, join(folder, "figures"))];
      if (wrong.length > 0) this.error(`The book does not hold together:\n  ${wrong.join("\n  ")}`);
    },
  };
}

function readPage(source: string, file: string, base: string): { page: BookPage; figures: string[]; links: string[] } {
  const slug = /^\d+-(.+)\.md$/.exec(basename(file))?.[1];
  if (slug === undefined) throw new Error(`${file}: name the file NN-slug.md, for example 04-servo.md`);
  const parts = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(source);
  if (parts === null) throw new Error(`${file}: must begin with front matter between two lines of ---`);
  const [, front = "", body = ""] = parts;
  const meta = frontMatter(front, file);
  const words = body.split(/\s+/).length;
  const figures = figuresOf(slug, join(dirname(file), "figures"));
  const { html, sections, links } = render(body, figures, base);
  const page = { slug, ...meta, minutes: Math.max(1, Math.round(words / 200)), html, sections };
  return { page, links, figures: [...figures.values()].map(({ file }) => file) };
}

function frontMatter(yaml: string, file: string): Pick<BookPage, "title" | "order" | "summary"> {
  const { title, order, summary } = parse(yaml) as Record<string, unknown>;
  if (typeof title !== "string") throw new Error(`${file}: front matter needs "title", a text`);
  if (typeof order !== "number") throw new Error(`${file}: front matter needs "order", a number`);
  if (typeof summary !== "string") throw new Error(`${file}: front matter needs "summary", a text`);
  return { title, order, summary };
}

/** A page's figures by section id. */
function figuresOf(slug: string, folder: string): Figures {
  const names = readdirSync(folder).filter((name) => name.startsWith(`${slug}.`) && name.endsWith(".svg"));
  return new Map(
    names.map((name) => {
      const file = join(folder, name);
      return [name.slice(slug.length + 1, -".svg".length), { file, svg: readFileSync(file, "utf8") }];
    }),
  );
}

type Pages = ReadonlyMap<string, { page: BookPage; links: string[] }>;

function deadLinks(pages: Pages): string[] {
  return [...pages.values()].flatMap(({ page, links }) =>
    links
      .filter((link) => {
        const [, slug = page.slug, id] = /^(?:\/book\/([^#]*))?(?:#(.*))?$/.exec(link) ?? [];
        if (!link.startsWith("/") && !link.startsWith("#")) return false; // another site
        const target = pages.get(slug)?.page;
        return target === undefined || (id !== undefined && !target.sections.some((section) => section.id === id));
      })
      .map((link) => `${page.slug}: the link ${link} leads nowhere`),
  );
}

function strayFigures(pages: Pages, folder: string): string[] {
  const known = new Set(
    [...pages.values()].flatMap(({ page }) => page.sections.map(({ id }) => `${page.slug}.${id}.svg`)),
  );
  return readdirSync(folder)
    .filter((name) => name.endsWith(".svg") && !known.has(name))
    .map((name) => `figures/${name} belongs to no section; name it <page slug>.<section id>.svg`);
}
