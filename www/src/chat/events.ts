/** What the widget told the page, newest first. */
import { useSyncExternalStore } from "react";

export interface WidgetEvent {
  id: number;
  at: Date;
  name: string;
  /** The event's detail as one line of JSON; empty if it has none. */
  detail: string;
}

/** A long answer logs many events; a page left open must not keep them all. */
const KEPT = 200;

let events: readonly WidgetEvent[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function show(next: readonly WidgetEvent[]) {
  events = next;
  for (const listener of listeners) listener();
}

export function recordEvent(name: string, detail: unknown) {
  const event = { id: nextId++, at: new Date(), name, detail: oneLine(detail) };
  show([event, ...events].slice(0, KEPT));
}

export function clearEvents() {
  show([]);
}

export function useEvents(): readonly WidgetEvent[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => events,
  );
}

function oneLine(detail: unknown): string {
  if (detail === undefined || detail === null) return "";
  try {
    return JSON.stringify(detail, (_, value: unknown) => (value instanceof Error ? String(value) : value)) ?? "";
  } catch {
    return String(detail); // circular, for example
  }
}
