// What the element's browser tests stand on: a page with one element, and a ChatKit server that answers only when the
// test says so, chunk by chunk. A test never sleeps; it waits for what a reader would wait for.

/** ms after which a test is told that what it waits for does not come. */
const PATIENCE = 8000;

/** One request of the element, answered by the test. */
class Exchange {
  constructor(url, init, settle) {
    this.url = url;
    this.body = JSON.parse(init.body);
    this.headers = JSON.stringify(init.headers);
    this.settle = settle;
    this.aborted = false;
    init.signal.addEventListener("abort", () => {
      this.aborted = true;
      const why = new DOMException("The operation was aborted.", "AbortError");
      settle.reject(why);
      this.out?.error(why);
    });
  }
  get op() { return this.body.type; }
  get text() { return JSON.stringify(this.body); }
  stream(contentType = "text/event-stream; charset=utf-8") {
    const body = new ReadableStream({ start: (out) => { this.out = out; } });
    this.settle.resolve(new Response(body, { headers: { "content-type": contentType } }));
  }
  chunk(bytes) { this.out.enqueue(bytes); }
  end() { this.out.close(); }
  cut() { this.out.error(new TypeError("network error")); }
  answer(status, contentType, text) {
    this.settle.resolve(new Response(text, { status, headers: { "content-type": contentType } }));
  }
  refuse(name, message) {
    this.settle.reject(Object.assign(new Error(message), { name }));
  }
}

/** A page with one element on it. `make(host, root)` is the element's constructor. */
export class Page {
  constructor() {
    // What a test before this one left unsent is none of its business.
    sessionStorage.clear();
    this.host = document.createElement("div");
    this.host.style.cssText = "position:fixed;inset:0 auto auto 0;width:400px;height:600px";
    document.body.append(this.host);
    this.shadow = this.host.attachShadow({ mode: "open" });
    this.root = document.createElement("div");
    this.shadow.append(this.root);
    this.events = [];
    this.waiting = [];
    this.arrived = [];
    const names = ["ready", "error", "effect", "deeplink", "response.start", "response.end", "thread.change",
      "thread.load.start", "thread.load.end", "log"];
    for (const name of names) {
      this.host.addEventListener(`chatkit.${name}`, ({ detail }) => {
        const about = detail?.threadId ?? detail?.error?.name ?? detail?.name;
        this.events.push(about == null ? name : `${name} ${about}`);
        if (detail?.error) this.lastError = detail.error.message;
        this.onevent?.(name);
      });
    }
  }
  options(extra) {
    return {
      api: { url: "/chatkit", domainKey: "local-dev", fetch: (url, init) => this.fetch(url, init) },
      ...JSON.parse(extra),
    };
  }
  fetch(url, init) {
    return new Promise((resolve, reject) => {
      const exchange = new Exchange(url, init, { resolve, reject });
      init.signal.addEventListener("abort", () => this.onevent?.("abort"));
      const waiting = this.waiting.shift();
      if (waiting) waiting(exchange); else this.arrived.push(exchange);
    });
  }
  /** The next request of the element, whenever it comes. */
  request() {
    const exchange = this.arrived.shift();
    if (exchange) return Promise.resolve(exchange);
    return new Promise((resolve, reject) => {
      const vain = () => reject(new Error(`no request came; on screen: ${this.text}; events: ${this.log}`));
      const timer = setTimeout(vain, PATIENCE);
      this.waiting.push((arrived) => { clearTimeout(timer); resolve(arrived); });
    });
  }
  get unread() { return this.arrived.length; }
  /** What a reader sees. */
  get text() { return this.root.innerText; }
  get log() { return this.events.filter((event) => !event.startsWith("log")).join(", "); }
  find(selector) { return this.root.querySelector(selector); }
  count(selector) { return this.root.querySelectorAll(selector).length; }
  get sheets() { return this.shadow.adoptedStyleSheets.length; }
  get empty() { return this.root.childNodes.length === 0; }
  /** The element with the keyboard focus. */
  get focused() { return this.shadow.activeElement?.className ?? ""; }
  click(selector) { this.find(selector).click(); }
  type(text) {
    const field = this.find("textarea");
    field.value = text;
    field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
  }
  /** Presses a key in the composer; whether the browser would still do what it does for it. */
  press(key, init) {
    const event = new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true, ...JSON.parse(init) });
    return this.find("textarea").dispatchEvent(event);
  }
  /** The next time an event of that name is dispatched, before anybody else hears of it. */
  on(name, then) { this.onevent = (event) => { if (event === name) { this.onevent = null; then(); } }; }
  /** Waits until the element shows what is wanted; looks again whenever the browser has painted. */
  async until(what, wanted) {
    const give_up = performance.now() + PATIENCE;
    while (!wanted()) {
      if (performance.now() > give_up) throw new Error(`waited in vain until ${what}; on screen: ${this.text}; events: ${this.log}`);
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }
  /** Where the row with that text stands, in px from the top of the window. */
  topOf(text) {
    const row = [...this.root.querySelectorAll("[data-key]")].find((row) => row.textContent.includes(text));
    return row ? row.getBoundingClientRect().top : NaN;
  }
  remove() { this.host.remove(); }
}
