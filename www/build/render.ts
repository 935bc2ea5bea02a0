/**
 * Markdown of one page to HTML. The markdown is this project's own and trusted; nothing here sanitises it.
 *
 * Heading ids follow github-slugger, as the demo server's citations do: both sides must agree on every anchor.
 */
import GithubSlugger from "github-slugger";
import hljs from "highlight.js/lib/core";
import python from "highlight.js/lib/languages/python";
import { Marked, Renderer, type RendererObject, type Tokens } from "marked";
import type { BookSection } from "../src/book/page.ts";

hljs.registerLanguage("python", python);

/** A page's figures by the id of the section each closes. */
export type Figures = ReadonlyMap<string, { file: string; svg: string }>;

export interface Rendered {
  html: string;
  sections: BookSection[];
  /** Every link's address, as written. */
  links: string[];
}

/** `base` is the folder that the site's addresses begin with, with a slash at both ends. */
export function render(markdown: string, figures: Figures, base: string): Rendered {
  const slugger = new GithubSlugger();
  const sections: BookSection[] = [];
  const links: string[] = [];

  const figureOfLastSection = (): string => {
    const figure = figures.get(sections.at(-1)?.id ?? "");
    return figure === undefined ? "" : `<figure>${figure.svg}</figure>\n`;
  };

  const renderer: RendererObject = {
    heading({ tokens, depth }: Tokens.Heading) {
      const title = this.parser.parseInline(tokens, this.parser.textRenderer);
      const id = slugger.slug(title);
      const before = depth === 2 ? figureOfLastSection() : "";
      if (depth === 2) sections.push({ id, title });
      const inner = this.parser.parseInline(tokens);
      return `${before}<h${depth} id="${id}"><a class="anchor" href="#${id}">${inner}</a></h${depth}>\n`;
    },
    // Wide code and tables scroll by themselves on a narrow screen; a focusable box lets the keyboard do it too.
    code({ text, lang }: Tokens.Code) {
      const language = lang === undefined || hljs.getLanguage(lang) === undefined ? undefined : lang;
      const html = language === undefined ? escapeHtml(text) : hljs.highlight(text, { language }).value;
      const name = language === undefined ? "Formula or figures" : "Program text";
      return `<pre tabindex="0" role="group" aria-label="${name}"><code>${html}</code></pre>\n`;
    },
    table(token: Tokens.Table) {
      const plain = new Renderer();
      plain.parser = this.parser;
      const columns = token.header.map((cell) => cell.text.replaceAll(/[*`]/g, "")).filter(Boolean);
      const name = escapeHtml(`Table: ${columns.join(", ")}`);
      return `<div class="table" tabindex="0" role="group" aria-label="${name}">${plain.table(token)}</div>\n`;
    },
  };
  const walkTokens = (token: { type: string; href?: string }) => {
    if (token.type !== "link" || token.href === undefined) return;
    links.push(token.href);
    if (token.href.startsWith("/")) token.href = base + token.href.slice(1);
  };
  const html = new Marked({ renderer, walkTokens }).parse(markdown, { async: false }) + figureOfLastSection();
  return { html, sections, links };
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
