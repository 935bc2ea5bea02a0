/** A widget on a page without React. */
import type { ChatWidgetOptions } from "../public/types.js";
import { Launcher } from "./launcher.js";
import { rememberSuccess } from "./load.js";
import { getInLine } from "./only-one.js";
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

/** The placeholder of a host that the page's HTML already has. */
function drawnToggle(target: HTMLElement): HTMLElement | null {
  return target.matches(".ckw") ? target.querySelector<HTMLElement>(":scope > .ckw-toggle") : null;
}

const adopted = new WeakSet<HTMLElement>();

/** Takes the host that the page's HTML already has, toggle and all. */
function adoptHost(host: HTMLElement, placeholder: HTMLElement): MountedHost {
  adopted.add(host);
  return {
    host,
    placeholder,
    restore: () => {
      adopted.delete(host);
      placeholder.style.removeProperty("display");
      host.append(placeholder);
    },
  };
}

/** Draws host and placeholder into `target`, or adopts them where the HTML has them. */
export function prepareHost(target: HTMLElement, options: ChatWidgetOptions): MountedHost {
  const drawn = drawnToggle(target);
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

/** A widget drawn by the DOM. */
interface DrawnWidget {
  launcher: Launcher;
  update(): void;
  destroy(): void;
}

function draw(target: HTMLElement, options: () => ChatWidgetOptions): DrawnWidget {
  const { host, placeholder, restore } = prepareHost(target, options());
  let chat: PlainChat | undefined;
  let ended = false;
  const launcher: Launcher = new Launcher(
    {
      host,
      placeholder,
      placeholderReplaced: () => placeholder.remove(),
      loadChat: importPlainChat,
      showChat: (shown) => {
        void importPlainChat().then(({ showPlainChat }) => {
          if (ended) return;
          chat = showPlainChat(host, shown, options, (name, detail) => launcher.controller?.chatkitEvent(name, detail));
        });
      },
    },
    options,
  );
  return {
    launcher,
    update: () => {
      launcher.update();
      chat?.update();
    },
    destroy: () => {
      ended = true;
      chat?.remove();
      launcher.destroy();
      restore();
    },
  };
}

/** A mounted widget, and how to change and end it. */
export interface PlainWidget {
  /** The page's widget: this one, or the one before it; none after the end. */
  launcher(): Launcher | undefined;
  setOptions(options: ChatWidgetOptions): void;
  destroy(): void;
}

/** Mounts a widget. */
export function mountPlain(target: HTMLElement, given: ChatWidgetOptions): PlainWidget {
  let options = given;
  let drawn: DrawnWidget | undefined;
  const place = getInLine(() => {
    target.style.removeProperty("display");
    drawn = draw(target, () => options);
    return drawn.launcher;
  });
  // A toggle in the HTML that nobody would answer.
  if (place.waits() && drawnToggle(target) !== null && !adopted.has(target)) target.style.display = "none";
  return {
    launcher: place.widget,
    setOptions: (changed) => {
      options = changed;
      drawn?.update();
    },
    destroy: () => {
      drawn?.destroy();
      drawn = undefined;
      place.leave();
    },
  };
}
