/** Starter questions of single pages: `chat_prompts` in their front matter. */
import type { AllContent } from "@docusaurus/types";
import { written } from "../internal/check/value.js";
import type { ChatKitSettings } from "../public/types.js";

/** A starter question, as ChatKit has it. */
export type Prompt = NonNullable<NonNullable<ChatKitSettings["startScreen"]>["prompts"]>[number];

/** Starter questions by the page's address, without slashes at its ends. */
export type PagePrompts = Record<string, Prompt[]>;

/** What Docusaurus's content plugins know of a page. */
interface Page {
  permalink: string;
  source?: string;
  frontMatter?: Record<string, unknown>;
}

/**
 * Finds the pages that bring questions along.
 * @param route - makes a page's address of its permalink
 * @throws Error that names every page whose `chat_prompts` cannot be used
 */
export function pagePrompts(content: AllContent, route: (permalink: string) => string): PagePrompts {
  const found: PagePrompts = {};
  const issues: string[] = [];
  for (const { permalink, source = permalink, frontMatter } of pages(content)) {
    const given = frontMatter?.["chat_prompts"];
    if (given === undefined || given === null) continue;
    const prompts = read(given, (at, what) => issues.push(`- ${source}: chat_prompts${at}: ${what}`));
    if (prompts.length > 0) found[route(permalink)] = prompts;
  }
  if (issues.length > 0) throw new Error(`chatkit-widget/docusaurus:\n${issues.join("\n")}`);
  return found;
}

const WANTED = "must be a question, or an object such as { label: Servos, prompt: How does a servo work? }";

function read(given: unknown, wrong: (at: string, what: string) => void): Prompt[] {
  if (!Array.isArray(given)) {
    wrong("", `must be a list of questions, not ${written(given)}`);
    return [];
  }
  return given.flatMap((entry: unknown, index): Prompt[] => {
    if (typeof entry === "string" && entry.trim() !== "") return [{ label: entry, prompt: entry }];
    const { label, prompt, icon, ...more } = (typeof entry === "object" && entry !== null ? entry : {}) as Record<string, unknown>;
    const words = typeof label === "string" && label.trim() !== "" && (prompt === undefined || typeof prompt === "string");
    if (!words || (icon !== undefined && typeof icon !== "string") || Object.keys(more).length > 0) {
      wrong(`[${index}]`, `${WANTED}, not ${JSON.stringify(entry)}`);
      return [];
    }
    return [{ label, prompt: prompt ?? label, ...(icon === undefined ? {} : { icon: icon as NonNullable<Prompt["icon"]> }) }];
  });
}

/** The pages of Docusaurus's docs, blog and pages plugins. Their content has no common type. */
function* pages(content: AllContent): Generator<Page> {
  for (const instance of Object.values(content["docusaurus-plugin-content-docs"] ?? {})) {
    const { loadedVersions } = instance as { loadedVersions?: { docs: Page[] }[] };
    for (const version of loadedVersions ?? []) yield* version.docs;
  }
  for (const instance of Object.values(content["docusaurus-plugin-content-blog"] ?? {})) {
    const { blogPosts } = instance as { blogPosts?: { metadata: Page }[] };
    for (const post of blogPosts ?? []) yield post.metadata;
  }
  for (const instance of Object.values(content["docusaurus-plugin-content-pages"] ?? {})) {
    for (const page of (instance ?? []) as Page[]) yield page;
  }
}
