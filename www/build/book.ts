/**
 * Vite plugin that turns each page of the textbook (`book/NN-slug.md`) into a module whose default export is a
 * `BookPage`. It runs at build time, so the browser is sent neither a markdown parser nor a highlighter.
 *
 * Heading ids follow github-slugger, as the demo server's citations do: both sides must agree on every anchor.
 * The markdown is this project's own and trusted; nothing here sanitises it.
 *
 * A figure is an SVG file named `figures/<page slug>.<section id>.svg`. It is set at the end of its section. It is
 * not referred to in the markdown, so that the text the server quotes stays text.
 */
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import GithubSlugger from "github-slugger";
import hljs from "highlight.js/lib/core";
import python from "highlight.js/lib/languages/python";
import { Marked, Renderer, type RendererObject, type Tokens } from "marked";
import type { Plugin } from "vite";
import { parse } from "yaml";
import type { BookPage, BookSection } from "../src/book/page.ts";

hljs.registerLanguage("python", python);

export function book(): Plugin {
  return {
    name: "demo-book",
    enforce: "pre",
    transform(source, id) {
      if (!/\/book\/[^/]+\.md$/.test(id)) return null;
      const { page, figures } = readPage(source, id);
      for (const figure of figures) this.addWatchFile(figure);
      return { code: `export default ${JSON.stringify(page)};`, map: null };
    },
  };
}

function readPage(source: string, file: string): { page: BookPage; figures: string[] } {
  const slug = /^\d+-(.+)\.md$/.exec(basename(file))?.[1];
  if (slug === undefined) throw new Error(`${file}: name the file NN-slug.md, for example 04-servo.md`);
  const parts = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(source);
  if (parts === null) throw new Error(`${file}: must begin with front matter between two lines of ---`);
  const [, front = "", body = ""] = parts;
  const meta = frontMatter(front, file);
  const words = body.split(/\s+/).length;
  const { html, sections, figures } = render(body, slug, dirname(file));
  return { page: { slug, ...meta, minutes: Math.max(1, Math.round(words / 200)), html, sections }, figures };
}

function frontMatter(yaml: string, file: string): Pick<BookPage, "title" | "order" | "summary"> {
  const { title, order, summary } = parse(yaml) as Record<string, unknown>;
  if (typeof title !== "string") throw new Error(`${file}: front matter needs "title", a text`);
  if (typeof order !== "number") throw new Error(`${file}: front matter needs "order", a number`);
  if (typeof summary !== "string") throw new Error(`${file}: front matter needs "summary", a text`);
  return { title, order, summary };
}

function render(body: string, slug: string, folder: string) {
  const slugger = new GithubSlugger();
  const sections: BookSection[] = [];
  const figures: string[] = [];
  let section: BookSection | undefined;

  const figureOfSection = (): string => {
    if (section === undefined) return "";
    const file = join(folder, "figures", `${slug}.${section.id}.svg`);
    if (!existsSync(file)) return "";
    figures.push(file);
    return `<figure>${readFileSync(file, "utf8")}</figure>\n`;
  };

  const renderer: RendererObject = {
    heading({ tokens, depth }: Tokens.Heading) {
      const id = slugger.slug(this.parser.parseInline(tokens, this.parser.textRenderer));
      const before = depth === 2 ? figureOfSection() : "";
      if (depth === 2) {
        section = { id, title: this.parser.parseInline(tokens, this.parser.textRenderer) };
        sections.push(section);
      }
      const inner = this.parser.parseInline(tokens);
      return `${before}<h${depth} id="${id}"><a class="anchor" href="#${id}">${inner}</a></h${depth}>\n`;
    },
    // Wide code and tables scroll by themselves on a narrow screen; a focusable box lets the keyboard do it too.
    code({ text, lang }: Tokens.Code) {
      const language = lang === undefined ? undefined : hljs.getLanguage(lang) && lang;
      const html = language === undefined ? escapeHtml(text) : hljs.highlight(text, { language }).value;
      const name = language === undefined ? "Formula or figures" : "Program text";
      return `<pre tabindex="0" role="group" aria-label="${name}"><code>${html}</code></pre>\n`;
    },
    table(token: Tokens.Table) {
      const table = new Renderer();
      table.parser = this.parser;
      const name = `Table: ${token.header.map((cell) => cell.text.replaceAll(/[*`]/g, "")).filter(Boolean).join(", ")}`;
      return `<div class="table" tabindex="0" role="group" aria-label="${escapeHtml(name)}">${table.table(token)}</div>\n`;
    },
  };
  const html = new Marked({ renderer }).parse(body, { async: false }) + figureOfSection();
  return { html, sections, figures };
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
