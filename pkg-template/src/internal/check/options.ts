/**
 * Options as JavaScript gives them: types are gone by then, and a page without a build step never had any. What the
 * container checks itself is not checked twice.
 */
import leven from "leven";
import type { ChatWidgetOptions } from "../../public/types.js";
import type { ConfigIssue } from "../../wasm-types.js";
import { address, anyBoolean, anyFunction, anyObject, type Check, color, isObject, length, selectorOrFalse, text, wholeNumber, written } from "./value.js";

/** Passed on to the container, which says what is wrong with it. */
const container: Check = () => undefined;

/** Every option. The type fails to compile when one is missing here. */
const CHECKS = {
  backendUrl: container,
  engine: container,
  domainKey: container,
  engineTimeout: container,
  scriptUrl: address,
  nonce: text,
  wasmUrl: address,
  wasmIntegrity: anyObject,
  title: container,
  labels: container,
  colorScheme: container,
  accent: color,
  position: container,
  offset: anyObject,
  width: length,
  height: length,
  zIndex: wholeNumber,
  shortcut: container,
  open: anyBoolean,
  defaultOpen: anyBoolean,
  askSelector: selectorOrFalse,
  pageContext: anyBoolean,
  // Each of them is judged by the element, as `$.api.timeouts`.
  timeouts: anyObject,
  navigate: anyFunction,
  chatkit: anyObject,
  onOpenChange: anyFunction,
  onError: anyFunction,
  onReady: anyFunction,
  onEvent: anyFunction,
} as const satisfies Record<keyof Required<ChatWidgetOptions>, Check>;

const OFFSET = { x: length, y: length };

/** What the widget gives to ChatKit itself, and what to use instead. */
const OURS: Record<string, string> = {
  api: "is the widget's to give: set backendUrl (and domainKey), the session comes with it",
  initialThread: "is the widget's to give: it goes on with the conversation of the tab",
};

function wrong(path: string, value: unknown, check: Check): ConfigIssue[] {
  // Absent and `undefined` are the same to whoever spreads props.
  const wanted = value === undefined ? undefined : check(value);
  return wanted === undefined ? [] : [{ path, message: `must be ${wanted}, not ${written(value)}` }];
}

/** Options of a wrong type, with their paths. */
export function wrongOptions(options: ChatWidgetOptions): ConfigIssue[] {
  const given = options as Record<string, unknown>;
  const issues = Object.entries(CHECKS).flatMap(([name, check]) => wrong(name, given[name], check));
  if (isObject(given.offset)) {
    const { offset } = given;
    issues.push(...Object.entries(OFFSET).flatMap(([axis, check]) => wrong(`offset.${axis}`, offset[axis], check)));
  }
  if (isObject(given.chatkit)) {
    const { chatkit } = given;
    for (const [name, why] of Object.entries(OURS)) {
      if (chatkit[name] !== undefined) issues.push({ path: `chatkit.${name}`, message: why });
    }
  }
  return issues;
}

/** The known name that was probably meant, if any is near enough. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const farthest = Math.max(2, Math.floor(name.length / 3));
  const near = known
    .map((other) => ({ other, distance: leven(name.toLowerCase(), other.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0];
  return near !== undefined && near.distance <= farthest ? near.other : undefined;
}

/** Options that are none, with the one that was probably meant. */
export function unknownOptions(options: ChatWidgetOptions): ConfigIssue[] {
  const known = Object.keys(CHECKS);
  const unknown = (path: string, name: string, names: readonly string[]): ConfigIssue => {
    const meant = nearest(name, names);
    const hint = meant === undefined ? "see the options in the README" : `did you mean "${path.replace(name, meant)}"?`;
    return { path, message: `is no option of the widget; ${hint}` };
  };
  const offset = isObject(options.offset) ? Object.keys(options.offset).filter((name) => !(name in OFFSET)) : [];
  return [
    ...Object.keys(options)
      .filter((name) => !known.includes(name))
      .map((name) => unknown(name, name, known)),
    ...offset.map((name) => unknown(`offset.${name}`, name, Object.keys(OFFSET))),
  ];
}
