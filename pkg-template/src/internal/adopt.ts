/** Stylesheets for the shadow root a node is in, as objects: a strict content security policy allows those. */

const dressed = new WeakMap<Node, Set<string>>();

/**
 * Brings rules into the tree of `node`, once.
 * @returns false where there is no such tree, or the browser knows no constructed stylesheets
 */
export function adopt(node: Node, rules: string): boolean {
  const tree = node.getRootNode();
  if (!(tree instanceof ShadowRoot || tree instanceof Document) || !("adoptedStyleSheets" in tree)) return false;
  const worn = dressed.get(tree) ?? new Set();
  if (worn.has(rules)) return true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  tree.adoptedStyleSheets = [...tree.adoptedStyleSheets, sheet];
  dressed.set(tree, worn.add(rules));
  return true;
}
