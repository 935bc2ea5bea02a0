/** Who decides whether the panel is open. */
import type { ChatWidgetOptions } from "../public/types.js";

/** Whether the site does; else the widget and its reader do. */
export function isControlled({ open }: ChatWidgetOptions): boolean {
  return open !== undefined;
}
