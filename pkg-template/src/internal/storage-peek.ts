/**
 * A look at what the container keeps for this tab, before the container is there:
 * `sessionStorage["chatkit-widget:" + backendUrl]` = `{ v: 1, open, thread, secret }`. Only read here, never written.
 */

/**
 * Whether the reader may have left a panel open on the page before. Which server it belongs to, and all else, is the
 * container's to know: being wrong costs a load ahead and opens nothing. Storage that is forbidden says no.
 */
export function panelWasOpen(): boolean {
  return keeps(/"open":true\b/);
}

/** Whether the reader opened or closed a panel in this tab before. */
export function tabRemembers(): boolean {
  return keeps(/"open":/);
}

function keeps(what: RegExp): boolean {
  try {
    return Object.entries(sessionStorage).some(
      // A quotation mark inside a JSON string is escaped, so these are keys.
      ([key, kept]) => key.startsWith("chatkit-widget:") && /"v":1\b/.test(kept) && what.test(kept),
    );
  } catch {
    return false;
  }
}
