import { use } from "react";
import { demoConfig } from "../chat/config.ts";

/** Says so where nobody answers the chat: a copy of the page on a host of plain files, with no server named. */
export function NoServer() {
  const { backendUrl } = use(demoConfig());
  if (backendUrl !== null) return null;
  return (
    <p className="no-server" role="note">
      No server stands behind this copy of the book: the chat in the corner opens, but nobody answers in it. On your own
      machine <code>cargo xtask demo</code> starts both.
    </p>
  );
}
