/**
 * A look at what the container keeps for this tab, before the container is there:
 * `sessionStorage["chatkit-widget:" + backendUrl]` = `{ v: 1, open, thread, secret }`. Only read here, never written.
 */

/** Whether the reader left the panel open on the page before. Storage that is absent, forbidden or corrupt says no. */
export function panelWasOpen(backendUrl: string): boolean {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(`chatkit-widget:${backendUrl}`) ?? "null");
    return typeof kept === "object" && kept !== null && "v" in kept && kept.v === 1 && "open" in kept && kept.open === true;
  } catch {
    return false;
  }
}
