/** A widget on a page without React. */
import type { ChatWidgetOptions } from "../public/types.js";
import { WidgetController } from "./controller.js";
import { rememberSuccess } from "./load.js";
import type { PlainChat } from "./plain-chat.js";
import { hostAttributes, toDom, toggleMarkup } from "./toggle.js";

const importPlainChat = rememberSuccess(() => import("./plain-chat.js"));

let widgets = 0;

/** The host with its placeholder, drawn by us or by the page's own HTML. */
export interface MountedHost {
  host: HTMLElement;
  placeholder: HTMLElement;
  /** Leaves the page as it was found. */
  restore(): void;
}

/** Takes the host that the page's HTML already has, toggle and all. */
function adoptHost(host: HTMLElement, placeholder: HTMLElement): MountedHost {
  return {
    host,
    placeholder,
    restore: () => {
      placeholder.style.removeProperty("display");
      host.append(placeholder);
    },
  };
}

/** Draws host and placeholder into `target`, or adopts them where the HTML has them. */
export function prepareHost(target: HTMLElement, options: ChatWidgetOptions): MountedHost {
  const drawn = target.matches(".ckw") ? target.querySelector<HTMLElement>(":scope > .ckw-toggle") : null;
  if (drawn !== null) return adoptHost(target, drawn);
  widgets += 1;
  const host = document.createElement("div");
  host.className = "ckw";
  for (const [name, value] of Object.entries(hostAttributes(options))) host.setAttribute(name, value);
  const placeholder = toDom(toggleMarkup(`ckw-panel-${widgets}`, options.labels)) as HTMLElement;
  host.append(placeholder);
  target.append(host);
  return { host, placeholder, restore: () => host.remove() };
}

/** A mounted widget: its controller, and how to change and end it. */
export interface PlainWidget {
  controller: WidgetController;
  setOptions(options: ChatWidgetOptions): void;
  destroy(): void;
}

/** Mounts a widget. */
export function mountPlain(target: HTMLElement, given: ChatWidgetOptions): PlainWidget {
  let options = given;
  let chat: PlainChat | undefined;
  let ended = false;
  const { host, placeholder, restore } = prepareHost(target, options);
  const newest = (): ChatWidgetOptions => options;
  const controller: WidgetController = new WidgetController(
    {
      host,
      placeholder,
      placeholderReplaced: () => placeholder.remove(),
      loadChat: importPlainChat,
      showChat: (shown) => {
        void importPlainChat().then(({ showPlainChat }) => {
          if (!ended) chat = showPlainChat(host, shown, newest, (name, detail) => controller.chatkitEvent(name, detail));
        });
      },
    },
    newest,
  );
  return {
    controller,
    setOptions: (changed) => {
      options = changed;
      controller.update();
      chat?.update();
    },
    destroy: () => {
      if (ended) return;
      ended = true;
      chat?.remove();
      chat = undefined;
      controller.destroy();
      restore();
    },
  };
}
