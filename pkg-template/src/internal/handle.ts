/** The handle: what code of the site can do with the page's widget, whoever mounted it. */
import type { ChatWidgetHandle } from "../public/types.js";
import type { Launcher } from "./launcher.js";

/** `launcher` gives the page's widget, if there is one. */
export function handleOf(launcher: () => Launcher | undefined): ChatWidgetHandle {
  const mounted = (): Promise<Launcher> => {
    const found = launcher();
    return found === undefined ? Promise.reject(new Error("the chat widget is not mounted")) : Promise.resolve(found);
  };
  return {
    open: () => launcher()?.open(),
    close: () => launcher()?.close(),
    toggle: () => launcher()?.toggle(),
    sendMessage: (message) => mounted().then((widget) => widget.sendMessage(message)),
    newThread: () => mounted().then((widget) => widget.newThread()),
    get element() {
      return launcher()?.controller?.element ?? null;
    },
  };
}
