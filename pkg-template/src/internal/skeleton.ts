/**
 * The elements of a mounted widget ("The DOM of a mounted widget" in docs/architecture.md). They are made anew for
 * every mount: Yew never takes its listeners off a root, so a used root answers twice.
 */

/** The parts inside `div.ckw`. */
export interface Skeleton {
  launcher: HTMLElement;
  panel: HTMLElement;
  chrome: HTMLElement;
  body: HTMLElement;
}

function part(tag: "div" | "section", name: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = name;
  return element;
}

/**
 * Draws the skeleton into the host, before the placeholder toggle. The panel cannot be reached until the container
 * opens it; `panelId` is what the toggle's `aria-controls` names.
 */
export function drawSkeleton(host: HTMLElement, panelId: string | null): Skeleton {
  const skeleton: Skeleton = {
    launcher: part("div", "ckw-launcher"),
    panel: part("section", "ckw-panel"),
    chrome: part("div", "ckw-chrome"),
    body: part("div", "ckw-body"),
  };
  skeleton.panel.setAttribute("inert", "");
  if (panelId !== null) skeleton.panel.id = panelId;
  skeleton.panel.append(skeleton.chrome, skeleton.body);
  host.prepend(skeleton.launcher, skeleton.panel);
  return skeleton;
}

/** Takes the skeleton out of the page. */
export function removeSkeleton({ launcher, panel }: Skeleton): void {
  launcher.remove();
  panel.remove();
}
