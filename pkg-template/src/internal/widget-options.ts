/** The integrator's options as the container takes them: plain data, nothing callable, nothing undefined. */
import type { ChatWidgetOptions } from "../public/types.js";
import type { ConfigIssue, WidgetOptions } from "../wasm-types.js";
import { resolveBackendUrl } from "./backend-url.js";

const PASSED_ON = ["domainKey", "engineTimeout", "title", "colorScheme", "position", "shortcut"] as const;

/**
 * Options for the container, and what TypeScript found wrong on the way.
 * @param words - the container's words in the language spoken, under the site's own labels
 */
export function toWidgetOptions(options: ChatWidgetOptions, words?: Record<string, string>): { options: WidgetOptions; issues: ConfigIssue[] } {
  const { url, issue } = resolveBackendUrl(options.backendUrl);
  const plain: Record<string, unknown> = { backendUrl: url, engine: options.engine ?? "auto" };
  for (const key of PASSED_ON) {
    if (options[key] !== undefined) plain[key] = options[key];
  }
  if (options.labels !== undefined || words !== undefined) {
    // Those of the page's own parts are none of the container's.
    const { ask: _ask, askHint: _askHint, ...labels } = options.labels ?? {};
    plain.labels = { ...words, ...labels };
  }
  if (options.open !== undefined) plain.controlled = true;
  return { options: plain as unknown as WidgetOptions, issues: issue === undefined ? [] : [issue] };
}
