/**
 * The Docusaurus plugin: the widget on the pages of a site, with one entry in its config.
 *
 * @example
 * ```js
 * // docusaurus.config.js
 * export default {
 *   plugins: [
 *     ["chatkit-widget/docusaurus", { backendUrl: { production: "https://chat.example.com" }, title: "Ask the book" }],
 *   ],
 * };
 * ```
 *
 * @packageDocumentation
 */
import { access } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { LoadContext, OptionValidationContext, Plugin } from "@docusaurus/types";
import { languageOf, wordsOf } from "../internal/language.js";
import type { ChatWidgetOptions } from "../public/types.js";
import { PLUGIN, type SiteData } from "./host.js";
import { cleanPages, hostHtml } from "./html.js";
import { type DocusaurusOptions, type PluginOptions, schema } from "./options.js";
import { pagePatterns, withoutSlashes } from "./pages.js";
import { pagePrompts } from "./prompts.js";
import { siteRoute } from "./site-page.js";

export type { DocusaurusClientOptions, DocusaurusOptions } from "./options.js";

const beside = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** For Docusaurus. */
export default async function chatKitWidget(context: LoadContext, given: PluginOptions): Promise<Plugin> {
  const { id: _id, include, exclude, clientModule, ...plain } = given;
  const options: ChatWidgetOptions = plain;
  const { baseUrl, siteDir } = context;
  const pages = pagePatterns({ include, exclude });
  const site = clientModule === undefined ? undefined : await siteModule(siteDir, clientModule);
  const words = await wordsOf(languageOf(context.i18n.currentLocale) ?? "en");
  const labels = { ...words?.widget, ...options.labels };
  return {
    name: PLUGIN,

    getClientModules: () => [beside("../../styles.css"), beside("./client.js")],

    allContentLoaded({ allContent, actions }) {
      const prompts = pagePrompts(allContent, (permalink) => siteRoute(permalink, baseUrl));
      actions.setGlobalData({ options, pages, prompts, baseUrl } satisfies SiteData);
    },

    // A name that the browser's module imports: what the site brings along, or nothing.
    configureWebpack: () => ({
      resolve: { alias: { "chatkit-widget-site-options": site ?? beside("./no-options.js") } },
    }),

    getPathsToWatch: () => (site === undefined ? [] : [site]),

    injectHtmlTags: () => ({ postBodyTags: [hostHtml({ ...options, labels })] }),

    async postBuild({ outDir }) {
      await cleanPages(outDir, pages);
    },
  };
}

/** For Docusaurus. */
export function validateOptions({ validate, options }: OptionValidationContext<DocusaurusOptions, PluginOptions>): PluginOptions {
  return validate(schema, options);
}

/** The site's module by its absolute path; a missing one would be an error of the bundler that names a file of ours. */
async function siteModule(siteDir: string, path: string): Promise<string> {
  const found = resolve(siteDir, path);
  const endings = ["", ".ts", ".tsx", ".js", ".jsx", ".mjs"];
  for (const ending of endings) {
    if (await access(found + ending).then(() => true, () => false)) return found + ending;
  }
  throw new Error(
    `chatkit-widget/docusaurus:\n- clientModule: there is no file ${withoutSlashes(path)} in ${siteDir}; write a path relative to the site's folder, such as "./src/chat.ts".`,
  );
}
