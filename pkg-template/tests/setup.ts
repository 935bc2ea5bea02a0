import { afterAll, afterEach, beforeEach, vi } from "vitest";

// React asks tests to say that they await its updates.
(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

beforeEach(() => {
  if (typeof window === "undefined") return;
  // Nothing is loaded because the page is idle, unless a test is about that.
  setConnection({ saveData: true });
  sessionStorage.clear();
});

afterEach(async () => {
  if (typeof window === "undefined") return;
  const { cleanup } = await import("@testing-library/react");
  cleanup();
  document.body.replaceChildren();
});

// A module still on its way when the page is taken down cannot arrive.
afterAll(() => vi.dynamicImportSettled());

/** What `navigator.connection` says. */
export function setConnection(connection: { saveData?: boolean; effectiveType?: string }): void {
  Object.defineProperty(navigator, "connection", { value: connection, configurable: true });
}
