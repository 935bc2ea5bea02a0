/**
 * The widget in the browser: mounted once, outside of Docusaurus's React tree, so that it lives through every
 * navigation.
 */
import { matchPath } from "@docusaurus/router";
import globalData from "@generated/globalData";
import routes from "@generated/routes";
import site from "chatkit-widget-site-options";
import { type ChatWidgetOptions, type MountedChatWidget, mountChatWidget } from "../public/index.js";
import { HOST_ID, PLUGIN, type SiteData } from "./host.js";
import { hasWidget, isRoute, siteRoute } from "./site-page.js";

/** Docusaurus runs a client module on the server, too; and again, in the same page, when it changed while developing. */
const inBrowser = typeof document !== "undefined";
const RUNNING = Symbol.for("chatkit-widget.docusaurus");
type Running = { [RUNNING]?: SiteWidget };

/** What the site's client module brings along. */
const more = typeof site === "object" && site !== null ? site : {};

class SiteWidget {
  #data!: SiteData;
  #more!: Partial<ChatWidgetOptions>;
  #route!: string;
  #widget: MountedChatWidget | undefined;

  /** The site is another one: at first, and whenever its author has changed it. The widget lives on. */
  renew(data: SiteData, more: Partial<ChatWidgetOptions>): void {
    this.#data = data;
    this.#more = more;
    this.#route = this.#current();
    this.#show();
  }

  /** The reader is on another page. */
  moved(): void {
    const route = this.#current();
    if (route === this.#route) return;
    this.#route = route;
    this.#show();
  }

  #current(): string {
    return siteRoute(window.location.pathname, this.#data.baseUrl);
  }

  #show(): void {
    const shown = hasWidget(this.#route, this.#data.pages);
    const host = document.getElementById(HOST_ID);
    if (host !== null) host.hidden = !shown;
    if (this.#widget !== undefined) return this.#widget.setOptions(this.#options());
    if (!shown) return;
    // A page that was built without the host, and from which the reader came here.
    this.#widget = mountChatWidget(host ?? newHost(), this.#options());
  }

  /** The site's options with the questions of the page. */
  #options(): ChatWidgetOptions {
    const { options, prompts } = this.#data;
    const more = this.#more;
    const chatkit = { ...options.chatkit, ...more.chatkit };
    const own = prompts[this.#route];
    if (own !== undefined) chatkit.startScreen = { ...chatkit.startScreen, prompts: own };
    return { navigate: (url) => this.#navigate(url), ...options, ...more, chatkit };
  }

  /**
   * Docusaurus's router listens to the browser's history, as every router does: it draws what the address says when it
   * hears of a change. It has no other way for code outside of its tree. The navbar's sidebar of small screens takes
   * such a change for the reader's "back", closes itself, and forbids it: then the browser has to load the page.
   */
  #navigate(url: URL): boolean {
    if (document.querySelector(".navbar-sidebar--show") !== null) return false;
    if (!isRoute(url.pathname, routes, matchPath)) return false;
    window.history.pushState(null, "", url);
    window.dispatchEvent(new PopStateEvent("popstate", { state: null }));
    return true;
  }
}

function newHost(): HTMLElement {
  const host = document.createElement("div");
  host.id = HOST_ID;
  document.body.append(host);
  return host;
}

if (inBrowser) {
  const page = document as Running;
  page[RUNNING] ??= new SiteWidget();
  page[RUNNING].renew((globalData[PLUGIN] as { default: SiteData }).default, more);
}

/** For Docusaurus: another page is on screen. */
export function onRouteDidUpdate(): void {
  (document as Running)[RUNNING]?.moved();
}
