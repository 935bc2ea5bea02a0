/**
 * Formulas as MathML, which browsers draw and screen readers read by themselves: no fonts, no stylesheet of a server, no
 * markup as text. What cannot be read as TeX stays the TeX it is.
 */
import temml from "temml";
import rules from "temml/dist/Temml-Local.css?inline";
import { adopt } from "./adopt.js";

/** Characters of a formula, at most; and what defines macros, which can be made to grow without end. */
const LONGEST = 4000;
const DEFINES = /\\(?:[egx]?def|let|futurelet|global|long|(?:re)?newcommand|providecommand|declaremathoperator)(?![a-z])/i;

/** The library's own rules. Its font, for script letters alone, would be fetched from nobody knows where. */
const RULES = rules.replace(/@font-face\s*\{[^}]*\}/g, "");

/**
 * Draws a formula.
 * @param formula - its first child holds the TeX, its last, empty one is for the drawing
 */
export function typeset(formula: HTMLElement): void {
  const tex = formula.firstElementChild?.textContent ?? "";
  const place = formula.lastElementChild;
  if (!(place instanceof HTMLElement)) return;
  adopt(formula, RULES);
  const drawn = draw(tex, place, formula.hasAttribute("data-display"));
  formula.toggleAttribute("data-drawn", drawn);
  if (!drawn) place.replaceChildren();
  // What is wider than the answer scrolls, also by keyboard.
  if (formula.scrollWidth > formula.clientWidth && formula.hasAttribute("data-display")) formula.tabIndex = 0;
  else formula.removeAttribute("tabindex");
}

function draw(tex: string, place: HTMLElement, displayMode: boolean): boolean {
  if (tex.length > LONGEST || DEFINES.test(tex)) return false;
  try {
    // Not trusted: no addresses, classes or ids out of a formula.
    temml.render(tex.trim(), place, { displayMode, throwOnError: true, trust: false, maxSize: [40, 400] });
    return true;
  } catch {
    return false;
  }
}
