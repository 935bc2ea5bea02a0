/** Counts what code leaves behind in a page: listeners on what outlives it, timers, observers, requests. */

import type { Page } from "@playwright/test";

/** What is there now. All numbers. */
export interface Leftovers {
  listeners: Record<string, number>;
  timers: number;
  observers: number;
  requests: number;
}

declare global {
  interface Window {
    leftovers(): Leftovers;
  }
}

/** Counts from the page's first script on. */
export async function countLeftovers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const lasting = new Map<EventTarget, string>([
      [window, "window"],
      [document, "document"],
    ]);
    if (window.visualViewport) lasting.set(window.visualViewport, "visualViewport");
    const { matchMedia } = window;
    window.matchMedia = (query) => {
      const list = matchMedia.call(window, query);
      lasting.set(list, `matchMedia ${query}`);
      return list;
    };
    const nameOf = (target: EventTarget) =>
      lasting.get(target) ??
      (target === document.documentElement ? "html" : target === document.body ? "body" : undefined);

    /** Target, type, capture and listener: what makes a listener the same. */
    const kept = new Map<EventTarget, Map<string, Set<unknown>>>();
    const setOf = (target: EventTarget, type: string, options: unknown) => {
      const capture = typeof options === "boolean" ? options : (options as AddEventListenerOptions | undefined)?.capture;
      const types = kept.get(target) ?? new Map<string, Set<unknown>>();
      kept.set(target, types);
      const key = `${type}${capture ? " capture" : ""}`;
      const found = types.get(key) ?? new Set<unknown>();
      types.set(key, found);
      return found;
    };
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (type, listener, options) {
      if (nameOf(this ?? window) !== undefined && listener !== null) {
        const target = this ?? window;
        const listeners = setOf(target, type, options);
        const given = typeof options === "object" ? options : {};
        if (given.signal?.aborted !== true) {
          listeners.add(listener);
          const gone = () => listeners.delete(listener);
          if (given.signal) addEventListener.call(given.signal, "abort", gone, { once: true });
          if (given.once) addEventListener.call(target, type, gone, options);
        }
      }
      addEventListener.call(this ?? window, type, listener, options);
    };
    EventTarget.prototype.removeEventListener = function (type, listener, options) {
      if (nameOf(this ?? window) !== undefined) setOf(this ?? window, type, options).delete(listener);
      removeEventListener.call(this ?? window, type, listener, options);
    };

    const timers = new Set<unknown>();
    const counted = (start: string, stop: string, repeats = false) => {
      const global = window as unknown as Record<string, (...given: unknown[]) => unknown>;
      const [begin, end] = [global[start], global[stop]];
      if (!begin || !end) return;
      global[start] = (callback: unknown, ...given: unknown[]) => {
        const id = begin(
          (...results: unknown[]) => {
            if (!repeats) timers.delete(`${start} ${id}`);
            (callback as (...given: unknown[]) => void)(...results);
          },
          ...given,
        );
        timers.add(`${start} ${id}`);
        return id;
      };
      global[stop] = (id: unknown) => {
        timers.delete(`${start} ${id}`);
        return end(id);
      };
    };
    counted("setTimeout", "clearTimeout");
    counted("setInterval", "clearInterval", true);
    counted("requestAnimationFrame", "cancelAnimationFrame");
    counted("requestIdleCallback", "cancelIdleCallback");

    const observers = new Set<unknown>();
    for (const Observer of [MutationObserver, ResizeObserver, IntersectionObserver]) {
      const prototype = Observer.prototype as { observe(...given: unknown[]): void; disconnect(): void };
      const { observe, disconnect } = prototype;
      prototype.observe = function (...given) {
        observers.add(this);
        observe.apply(this, given);
      };
      prototype.disconnect = function () {
        observers.delete(this);
        disconnect.call(this);
      };
    }

    let requests = 0;
    const { fetch } = window;
    window.fetch = async (...given) => {
      requests += 1;
      try {
        return await fetch(...given);
      } finally {
        requests -= 1;
      }
    };

    window.leftovers = () => ({
      listeners: Object.fromEntries(
        [...kept].flatMap(([target, types]) =>
          [...types].filter(([, all]) => all.size > 0).map(([type, all]) => [`${nameOf(target)} ${type}`, all.size]),
        ),
      ),
      timers: timers.size,
      observers: observers.size,
      requests,
    });
  });
}
