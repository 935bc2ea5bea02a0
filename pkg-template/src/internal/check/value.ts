/** What a value must be, as a check that says what is wrong in words for the integrator. */

/** `undefined` where the value is good, else what it must be: it follows "must be". */
export type Check = (value: unknown) => string | undefined;

const unless = (wanted: string, good: (value: unknown) => boolean): Check => (value) => (good(value) ? undefined : wanted);

/** Whether the browser takes it as this property's value; where it cannot say, it is taken. */
function cssTakes(property: string, value: string): boolean {
  return typeof CSS === "undefined" || typeof CSS.supports !== "function" || CSS.supports(property, value);
}

function isSelector(value: string): boolean {
  try {
    document.createDocumentFragment().querySelector(value);
    return true;
  } catch {
    return false;
  }
}

export const anyBoolean: Check = unless("true or false", (value) => typeof value === "boolean");

export const anyFunction: Check = unless("a function", (value) => typeof value === "function");

export const wholeNumber: Check = unless("a whole number", Number.isInteger);

export const color: Check = unless(
  'a CSS colour, for example "#3b5bdb"',
  (value) => typeof value === "string" && cssTakes("color", value),
);

export const length: Check = unless(
  'a number of pixels or a CSS length, for example 400 or "25rem"',
  (value) =>
    typeof value === "number" ? Number.isFinite(value) && value >= 0 : typeof value === "string" && cssTakes("width", value),
);

export const text: Check = unless("a string", (value) => typeof value === "string" && value !== "");

export const address: Check = unless(
  'an address, for example "https://mirror.example.com/chatkit.js"',
  (value) => typeof value === "string" && value.trim() !== "",
);

export const selectorOrFalse: Check = unless(
  'a CSS selector, for example "main, article", or false',
  (value) => value === false || (typeof value === "string" && isSelector(value)),
);

/** `null` and arrays are objects to `typeof`, and never what is meant. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export const anyObject: Check = unless("an object", isObject);

/** A value as the integrator wrote it, short enough for a console line. */
export function written(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
