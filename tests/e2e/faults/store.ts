/** The store's content, asked past the proxy. */

import type { ScriptedServer } from "../support/scripted.ts";

/** A stored item, as far as the judge looks at it. */
interface Item {
  type: string;
  content?: { type: string; text?: string }[];
  attachments?: unknown[];
}

/** A message of the reader, as it is stored. */
export interface Stored {
  text: string;
  attachments: number;
}

/** Reads all messages of the reader, of all threads. */
export async function messages(server: ScriptedServer): Promise<Stored[]> {
  const threads = await server.ask<{ data: { id: string }[] }>("threads.list", { limit: 1000, order: "asc" });
  const lists = threads.data.map(({ id }) =>
    server.ask<{ data: Item[] }>("items.list", { thread_id: id, limit: 1000, order: "asc" }),
  );
  const items = (await Promise.all(lists)).flatMap(({ data }) => data);
  return items
    .filter(({ type }) => type === "user_message")
    .map(({ content = [], attachments = [] }) => ({
      text: content.map(({ text = "" }) => text).join(""),
      attachments: attachments.length,
    }));
}
