/**
 * Walking: a link or citation in an answer that leads into the same site changes the page under the open chat, through
 * the site's router where the option `navigate` gives one. Other links are the browser's: the chat gives them a tab.
 */
import type { ChatWidgetOptions } from "../../public/types.js";
import { runCallback } from "../log.js";
import { type Arrival, arrive } from "./arrival.js";
import { handOver } from "./handover.js";
import { coversPage, followingOf, samePage, withinSite } from "./link.js";
import { type Destination, destinationOf } from "./text-fragment.js";

/** The widget, as walking sees it. */
export interface Walker {
  host: HTMLElement;
  panel: HTMLElement;
  /** The newest options. */
  options(): ChatWidgetOptions;
  /** Closes the panel, as far as the site lets the reader. */
  close(): void;
}

/** The walking of one widget. */
export interface Walking {
  /** Follows an address that is no link: of an entity, of a deep link. One of another site opens a tab. */
  follow(address: unknown): void;
  /** Goes on with what the page before handed over. */
  arrive(destination: Destination): void;
  /** Ends it, and takes marks off the page. */
  end(): void;
}

/** Follows the links clicked in the panel. */
export function startWalking(walker: Walker): Walking {
  const { panel, options } = walker;
  let arrival: Arrival | undefined;

  const arriveAt = (destination: Destination, onSamePage: boolean): void => {
    arrival?.end();
    arrival = arrive(destination, { selector: options().askSelector, onSamePage });
  };

  /** Whether the page changes without being loaded; the browser loads it otherwise. */
  const walk = (destination: Destination): boolean => {
    const { url } = destination;
    const here = new URL(document.URL);
    const onSamePage = samePage(here, url);
    // Behind a panel that fills the screen nobody would see that anything happened.
    if (coversPage(panel.getBoundingClientRect(), { width: innerWidth, height: innerHeight })) walker.close();
    if (!routed(url, options().navigate)) {
      if (!onSamePage) {
        handOver(destination);
        return false;
      }
      if (url.hash !== here.hash) location.hash = url.hash;
    }
    arriveAt(destination, onSamePage);
    return true;
  };

  const onClick = (event: MouseEvent): void => {
    // The path, not the target: a link inside an open shadow root is hidden behind its host.
    const link = event.composedPath().find((node): node is HTMLAnchorElement => node instanceof HTMLAnchorElement && node.href !== "");
    if (link === undefined || link.hasAttribute("download")) return;
    const { button, metaKey, ctrlKey, shiftKey, altKey, defaultPrevented } = event;
    const click = { href: link.href, target: link.target, button, metaKey, ctrlKey, shiftKey, altKey, defaultPrevented };
    const following = followingOf(click, location.origin);
    if (following.by === "us" && walk(following)) event.preventDefault();
  };
  panel.addEventListener("click", onClick);

  return {
    follow: (address) => {
      if (typeof address !== "string") return;
      const url = withinSite(address, location.origin);
      if (url === undefined) openTab(address);
      else if (!walk(destinationOf(url))) location.assign(url);
    },
    arrive: (destination) => arriveAt(destination, false),
    end: () => {
      panel.removeEventListener("click", onClick);
      arrival?.end();
    },
  };
}

/** Whether the site's router took it. One that throws did not, and the browser goes there instead. */
function routed(url: URL, navigate: ChatWidgetOptions["navigate"]): boolean {
  if (navigate === undefined) return false;
  let taken = false;
  runCallback("navigate", () => {
    taken = navigate(url) !== false;
  });
  return taken;
}

/** A tab that cannot reach back into this page. The address comes from a server: nothing but the web is opened. */
function openTab(address: string): void {
  if (/^https?:\/\//i.test(address)) window.open(address, "_blank", "noopener,noreferrer");
}
