/** The widget takes the page's look, follows it live, and hands it on to ChatKit in both engines. */

import { openPlain } from "../support/plain.ts";
import { expect, test } from "../support/test.ts";

/** What Docusaurus's Infima has on its pages, as far as the widget reads it. */
const INFIMA = `
  :root {
    --ifm-color-primary: #2e8555;
    --ifm-background-surface-color: #fff;
    --ifm-font-color-base: #1c1e21;
    --ifm-font-family-base: "DejaVu Serif", serif;
    --ifm-font-family-monospace: "DejaVu Sans Mono", monospace;
    --ifm-global-radius: 0.4rem;
    --ifm-card-border-radius: calc(var(--ifm-global-radius) * 2);
  }
  html[data-theme="dark"] {
    color-scheme: dark;
    --ifm-color-primary: #25c2a0;
    --ifm-background-surface-color: #242526;
    --ifm-font-color-base: #e3e3e3;
  }
  html { font-family: var(--ifm-font-family-base); background: var(--ifm-background-surface-color); }`;

const LIGHT = { accent: "rgb(46, 133, 85)", paper: "rgb(255, 255, 255)", ink: "rgb(28, 30, 33)" };
const DARK = { accent: "rgb(37, 194, 160)", paper: "rgb(36, 37, 38)", ink: "rgb(227, 227, 227)" };

test("on a Docusaurus page toggle, panel and chat wear Infima's colours, font and corners; a switch of its theme reaches all of them and takes nothing away", async ({
  page,
  chat,
  demo,
}) => {
  await openPlain(page, demo, { html: 'data-theme="light"', css: INFIMA });
  const surface = chat.element.locator(".ck");
  const send = chat.element.getByRole("button", { name: "Send" });
  const wears = async ({ accent, paper, ink }: typeof LIGHT, scheme: string) => {
    await expect(chat.host).toHaveAttribute("data-scheme", scheme);
    await expect(surface).toHaveAttribute("data-scheme", scheme);
    await expect(page.locator(".ckw-toggle")).toHaveCSS("background-color", accent);
    await expect(send).toHaveCSS("background-color", accent);
    for (const part of [chat.panel, surface]) {
      await expect(part).toHaveCSS("background-color", paper);
      await expect(part).toHaveCSS("color", ink);
      await expect(part).toHaveCSS("font-family", '"DejaVu Serif", serif');
    }
  };
  await chat.open();
  await chat.converse("What is a servo?");
  await chat.composer.fill("and a draft");
  await wears(LIGHT, "light");
  await expect(surface).toHaveAttribute("data-radius", "round");
  await expect(chat.panel).toHaveCSS("border-radius", "12.8px");

  await page.evaluate(() => document.documentElement.setAttribute("data-theme", "dark"));
  await wears(DARK, "dark");
  await expect(chat.composer).toHaveValue("and a draft");
  await expect(chat.answers).toHaveCount(1);

  // The same scheme, other colours: a site's palette switch.
  await page.evaluate(() => document.documentElement.style.setProperty("--ifm-color-primary", "rgb(250, 120, 10)"));
  await wears({ ...DARK, accent: "rgb(250, 120, 10)" }, "dark");
});

test("a page without variables: the page's own font, the accent option in any notation, and the system's scheme, live", async ({
  page,
  chat,
  demo,
}) => {
  await page.emulateMedia({ colorScheme: "light" });
  await openPlain(page, demo, {
    css: ":root { color-scheme: light dark; font-family: 'DejaVu Sans Mono' }",
    options: { accent: "oklch(0.6 0.2 30)" },
  });
  await chat.open();
  const surface = chat.element.locator(".ck");
  await expect(surface).toHaveAttribute("data-scheme", "light");
  await expect(surface).toHaveCSS("font-family", /DejaVu Sans Mono/);
  await expect(chat.panel).toHaveCSS("background-color", "rgb(255, 255, 255)");
  await chat.composer.fill("a word");
  const send = chat.element.getByRole("button", { name: "Send" });
  const painted = await page.evaluate(() => {
    const context = document.createElement("canvas").getContext("2d");
    if (!context) return "";
    context.fillStyle = "oklch(0.6 0.2 30)";
    context.fillRect(0, 0, 1, 1);
    return `rgb(${[...context.getImageData(0, 0, 1, 1).data].slice(0, 3).join(", ")})`;
  });
  await expect(send).toHaveCSS("background-color", painted);
  await page.emulateMedia({ colorScheme: "dark" });
  await expect(surface).toHaveAttribute("data-scheme", "dark");
  await expect(chat.panel).toHaveCSS("background-color", "rgb(27, 28, 32)");
  await expect(surface).toHaveCSS("background-color", "rgb(27, 28, 32)");
  await expect(chat.composer).toHaveValue("a word");
});

test("a class on <html> is a scheme too", async ({ page, chat, demo }) => {
  await openPlain(page, demo, { html: 'class="dark"' });
  await chat.open();
  await expect(chat.element.locator(".ck")).toHaveAttribute("data-scheme", "dark");
  await page.evaluate(() => document.documentElement.classList.remove("dark"));
  await expect(chat.element.locator(".ck")).toHaveAttribute("data-scheme", "light");
});

test("a light chat on a dark page is light altogether", async ({ page, chat, demo }) => {
  await openPlain(page, demo, { html: 'data-theme="dark"', css: INFIMA, options: { colorScheme: "light" } });
  await chat.open();
  for (const part of [chat.panel, chat.element.locator(".ck")]) {
    await expect(part).toHaveCSS("background-color", "rgb(255, 255, 255)");
    await expect(part).toHaveCSS("color", "rgb(23, 24, 28)");
  }
});

test("OpenAI's engine is told the page's look, and told again when it changes, without being drawn anew", async ({
  page,
  chat,
  demo,
}) => {
  await page.route("https://cdn.platform.openai.com/**", (route) =>
    route.fulfill({
      contentType: "text/javascript",
      body: `window.themes = []; window.drawn = 0;
        customElements.define("openai-chatkit", class extends HTMLElement {
          setOptions({ theme }) { window.themes.push(theme); }
          connectedCallback() { window.drawn += 1; this.dispatchEvent(new CustomEvent("chatkit.ready")); }
          async focusComposer() {}
        });`,
    }),
  );
  await openPlain(page, demo, {
    html: 'data-theme="light"',
    css: INFIMA,
    options: { engine: "openai", domainKey: "local-dev", chatkit: { theme: { radius: "pill", typography: { baseSize: 15 } } } },
  });
  await chat.toggle.click();
  const last = () => page.evaluate(() => (window as unknown as { themes: unknown[] }).themes.at(-1));
  const theme = (scheme: string, primary: string, background: string, foreground: string) => ({
    colorScheme: scheme,
    radius: "pill",
    typography: {
      fontFamily: '"DejaVu Serif", serif',
      fontFamilyMono: '"DejaVu Sans Mono", monospace',
      baseSize: 15,
    },
    color: { accent: { primary, level: 1 }, surface: { background, foreground } },
  });
  await expect(page.locator("openai-chatkit")).toBeAttached();
  expect(await last()).toEqual(theme("light", "#2e8555", "#ffffff", "#1c1e21"));
  await page.evaluate(() => document.documentElement.setAttribute("data-theme", "dark"));
  await expect.poll(last).toEqual(theme("dark", "#25c2a0", "#242526", "#e3e3e3"));
  expect(await page.evaluate(() => (window as unknown as { drawn: number }).drawn)).toBe(1);
});
