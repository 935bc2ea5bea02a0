/**
 * The styles of what is drawn into the page: the "Ask" button and the marked passage. Adopted, not linked or inlined:
 * a site's `style-src 'self'` allows it.
 */
import css from "../../styles/page.css?inline";

let sheet: CSSStyleSheet | undefined;

/** Adopts them into a document or a shadow root, once. */
export function adoptPageStyles(root: Document | ShadowRoot): void {
  if (root.adoptedStyleSheets === undefined) return;
  if (sheet === undefined) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
