/**
 * Pages under a Content-Security-Policy of docs/csp.md, served by a server of their own: with the package as it is packed at
 * `/chatkit-widget/`, and whatever a story puts beside it. Reports of violations come in three ways, and all count: as
 * events of the page, as lines on its console, and as what the browser sends to the policy's `report-uri`.
 */

import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import type { Page } from "@playwright/test";

import { expect, test as base } from "./features.ts";
import type { ScriptedServer } from "./scripted.ts";
import { packed, StrictSite } from "./strict-site.ts";

export { expect, StrictSite };
export { PACKAGE, packed, PREFIX, type Sent } from "./strict-site.ts";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
/** The text of a block of docs/csp.md: three backticks and these words begin it. */
export function documented(words: string): string {
  const document = readFileSync(join(ROOT, "docs/csp.md"), "utf8");
  const [, block] = document.split(`\`\`\`${words}\n`);
  if (block === undefined) throw new Error(`docs/csp.md has no block "${words}"`);
  return block.slice(0, block.indexOf("```"));
}

/**
 * A policy of docs/csp.md, with the test's server in place of its example.
 * @param more - other addresses, by what stands for them in the document
 */
export function policy(name: string, server: ScriptedServer, more: Record<string, string> = {}): string {
  const text = documented(`text csp ${name}`).replaceAll(/\s+/g, " ").trim();
  const real = { "https://chat.example.com": new URL(server.url).origin, ...more };
  return Object.entries(real).reduce((policy, [example, real]) => policy.replaceAll(example, real), text);
}

/** The names of all policies there. */
export function policies(): string[] {
  const document = readFileSync(join(ROOT, "docs/csp.md"), "utf8");
  return [...document.matchAll(/^```text csp (\S+)$/gm)].map(([, name]) => name ?? "");
}

/** Subresource Integrity, by path in the package. */
export const integrity = (): Record<string, string> => JSON.parse(packed("integrity.json").toString()) as Record<string, string>;

/** Collects what a page reports; call it before the page is opened. */
export async function watched(page: Page, site?: StrictSite): Promise<() => string[]> {
  const seen: string[] = [];
  await page.exposeFunction("violated", (what: string) => seen.push(what));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample, sourceFile, lineNumber }) => {
      const { violated } = window as unknown as { violated(what: string): void };
      violated(`event: ${violatedDirective} ${blockedURI} ${sample} ${sourceFile}:${lineNumber}`);
    });
  });
  page.on("console", (message) => {
    // The widget's own lines name what a policy may forbid, too.
    if (message.text().startsWith("[chatkit-widget]") || message.text().startsWith("chatkit-widget:")) return;
    if (/Content.Security.Policy|Trusted ?(Types|HTML|Script)|integrity/i.test(message.text())) seen.push(`console: ${message.text()}`);
  });
  return () => [...seen, ...(site?.reports ?? []).map((report) => `report: ${report}`)];
}

/** A page's text, and the script tag of the widget behind it; `more` are attributes. */
export function scriptTag(server: ScriptedServer, options: Record<string, unknown>, more = ""): string {
  const attributes = Object.entries({ backendUrl: server.url, ...options }).map(([name, value]) => {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    const attribute = name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
    return `data-${attribute}="${text.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"`;
  });
  return `<main><h1>Servos</h1><p id="passage">A servo is a motor that holds the angle it is told to hold.</p></main>
<script type="module" src="/chatkit-widget/dist/public/script.js" ${attributes.join(" ")} ${more}></script>`;
}

/** The stories' test: the scripted server, and a site that every story has to itself. */
export const test = base.extend<{ site: StrictSite }>({
  site: async ({ strictSite }, use) => {
    strictSite.reset();
    await use(strictSite);
  },
});
