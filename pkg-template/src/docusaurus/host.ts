/** What the plugin in Node and its module in the browser both know. */
import type { ChatWidgetOptions } from "../public/types.js";
import type { PagePatterns } from "./pages.js";
import type { PagePrompts } from "./prompts.js";

/** The plugin, in Docusaurus's global data. */
export const PLUGIN = "chatkit-widget";

/** The widget's host in the HTML of each page. */
export const HOST_ID = "chatkit-widget";

/** What the browser is told, through Docusaurus's global data. */
export interface SiteData {
  options: ChatWidgetOptions;
  pages: PagePatterns;
  prompts: PagePrompts;
  baseUrl: string;
}
