/**
 * The visible area is what the on-screen keyboard leaves of the window. Most browsers lay the page out as if there was
 * no keyboard (iOS always; Android unless the page says `interactive-widget=resizes-content`), so `100dvh` and the
 * window's lower edge lie behind it. While the panel is open the host is told what CSS cannot know:
 *   --_ckw-visible-height  height of the visible area
 *   --_ckw-visible-top     its distance from the upper edge of the layout (browsers pan to show the focused field)
 *   --_ckw-keyboard        what is covered at the lower edge
 * None of them is set where nothing is covered.
 */

const PROPERTIES = ["--_ckw-visible-height", "--_ckw-visible-top", "--_ckw-keyboard"] as const;

/** CSS pixels. Less is a scrollbar or an address bar on its way, no keyboard. */
const LEAST_KEYBOARD = 80;

/** Lengths in CSS pixels of the layout, whole ones. */
export interface VisibleArea {
  height: number;
  top: number;
  keyboard: number;
}

/** `viewport` measures in zoomed pixels while the reader has pinched; `layoutHeight` never does. */
export function visibleArea(
  viewport: Pick<VisualViewport, "height" | "offsetTop" | "scale">,
  layoutHeight: number,
): VisibleArea | undefined {
  const height = Math.round(viewport.height * viewport.scale);
  if (layoutHeight - height < LEAST_KEYBOARD) return undefined;
  // A pinched page is panned to wherever the reader looks: following that would drag the panel along.
  const top = viewport.scale > 1.01 ? 0 : Math.round(Math.max(0, viewport.offsetTop));
  return { height, top, keyboard: Math.max(0, layoutHeight - height - top) };
}

function write(host: HTMLElement, area: VisibleArea | undefined): void {
  const values = area && [area.height, area.top, area.keyboard];
  PROPERTIES.forEach((name, index) => {
    const value = values?.[index];
    if (value === undefined) host.style.removeProperty(name);
    else host.style.setProperty(name, `${value}px`);
  });
}

/** Tells the host of the visible area while its panel is open. Returns how to stop. */
export function followVisibleArea(host: HTMLElement): () => void {
  const viewport = window.visualViewport;
  if (!viewport) return () => undefined;
  let stopListening: (() => void) | undefined;
  const measure = (): void => write(host, visibleArea(viewport, document.documentElement.clientHeight));
  const listen = (): (() => void) => {
    viewport.addEventListener("resize", measure);
    viewport.addEventListener("scroll", measure);
    measure();
    return () => {
      viewport.removeEventListener("resize", measure);
      viewport.removeEventListener("scroll", measure);
      write(host, undefined);
    };
  };
  const stop = (): void => {
    stopListening?.();
    stopListening = undefined;
  };
  const look = (): void => {
    if (!/^open/.test(host.getAttribute("data-panel") ?? "")) stop();
    else stopListening ??= listen();
  };
  const observer = new MutationObserver(look);
  observer.observe(host, { attributes: true, attributeFilter: ["data-panel"] });
  look();
  return () => {
    observer.disconnect();
    stop();
  };
}
