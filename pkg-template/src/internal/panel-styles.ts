/**
 * The panel's styles, in the page only once the panel is. Adopted, not linked or inlined: a site's `style-src 'self'`
 * allows it, and it reaches into the shadow root that a host may stand in.
 */
import css from "../styles/panel.css?inline";

let sheet: CSSStyleSheet | undefined;

/** Adopts them into the document or the shadow root around `host`, once each. */
export function adoptPanelStyles(host: HTMLElement): void {
  const root = host.getRootNode() as Document | ShadowRoot;
  if (root.adoptedStyleSheets === undefined) return;
  if (sheet === undefined) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
