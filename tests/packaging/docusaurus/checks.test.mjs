// The textbook of examples/docusaurus, Docusaurus 3.9.2 with webpack: below a path, with trailing slashes, in English and
// in Arabic, as readers meet it and as its author does (`docusaurus start`). Run by `cargo xtask test packaging` in a
// copy of the example, in which the tarball is installed.
import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";

const harness = await import(pathToFileURL(join(process.env.CKW_HARNESS, "index.mjs")).href);
const { CHAT_SERVER, bin, buttonHasItsSize, chat, expectEachModuleOnce, expectQuiet, files, followCitation, freePort } = harness;
const { markedPassage, node, openChat, readers, rememberDocument, serve, start, stillSays } = harness;

const BASE = "/robots/";
const docusaurus = bin("@docusaurus/core", "docusaurus");
/** A copy: its author edits it. */
const env = { CHAT_URL: CHAT_SERVER, BOOK_DIR: "book" };
cpSync(resolve(process.env.CKW_HARNESS, "../../../www/book"), "book", { recursive: true });

/** Waits for the toggle to be painted like this. */
const toggleIs = (page, color) =>
  page.waitForFunction(
    (wanted) => [...document.querySelectorAll("button.ckw-toggle")].some((toggle) => getComputedStyle(toggle).backgroundColor === wanted),
    color,
  );
/** What the conversation is painted on. */
const surface = (page) => page.locator(".ckw-panel").evaluate((panel) => getComputedStyle(panel).backgroundColor);
const startQuestion = (page, name) => page.locator(".ckw-body").getByRole("button", { name });

describe("the site that was built", () => {
  let output;
  let site;
  before(async () => {
    // What webpack's minifier makes of the package is seen in tests/packaging/webpack; here it would be half of the time.
    output = node([docusaurus, "build", "--no-minify"], env);
    site = await serve("build", { base: BASE });
  });
  after(() => site?.close());

  test("was built without a warning", () => {
    const complaints = output.split("\n").filter((line) => /warn|error|chatkit/i.test(line));
    assert.deepEqual(complaints, []);
  });

  test("has each wasm module once in each language", () => {
    expectEachModuleOnce("build/ar");
    const english = files("build", ".wasm").filter((file) => !file.startsWith("ar/"));
    assert.deepEqual(english, files("build/ar", ".wasm"));
  });

  test("has the button in the HTML of every page, in the page's language", () => {
    const pages = files("build", ".html");
    assert.ok(pages.length > 20, pages.join(", "));
    for (const page of pages) {
      const label = page.startsWith("ar/") ? "فتح الدردشة" : "Open chat";
      const toggles = readFileSync(join("build", page), "utf8").match(/<button[^>]*ckw-toggle[^>]*>/g) ?? [];
      assert.equal(toggles.length, 1, page);
      assert.ok(toggles[0].includes(label), `${page}: ${toggles[0]}`);
    }
  });

  test("keeps the conversation through pages, citations, languages and a reload", async (t) => {
    const chrome = await readers(t, site, { bookUrl: site.url });
    const page = await chrome.open(site.url, { reducedMotion: "reduce" });
    const sameDocument = await rememberDocument(page);

    await buttonHasItsSize(page);
    await openChat(page);
    // The front page's own questions, not the site's.
    await startQuestion(page, "Something to build").waitFor();
    assert.equal(await startQuestion(page, "Where do I begin?").count(), 0);

    // A page without questions of its own has the site's.
    await page.getByRole("link", { name: "Read", exact: true }).click();
    await page.waitForURL(`${site.url}book/what-is-a-robot/`);
    await startQuestion(page, "Where do I begin?").waitFor();

    const answer = await chat(page, "What is a servo?");
    assert.match(answer, /servo/i);
    await followCitation(page);
    await page.waitForURL(`${site.url}book/servo*`);
    assert.match(await markedPassage(page), /^A servo is a motor/);
    await page.getByRole("heading", { name: "Servos", level: 1 }).waitFor();
    await stillSays(page, answer);
    await page.goBack();
    await page.getByRole("heading", { name: "What is a robot?", level: 1 }).waitFor();
    assert.ok(await sameDocument(), "a page was loaded");

    await page.reload();
    await stillSays(page, answer);

    await page.getByRole("button", { name: "English" }).hover();
    await page.getByRole("link", { name: "العربية" }).click();
    await page.waitForURL(`${site.url}ar/book/what-is-a-robot/`);
    await stillSays(page, answer);
    assert.equal(await page.getByRole("dialog", { name: "اسأل الكتاب" }).count(), 1);
    const { x } = await page.locator("button.ckw-toggle:visible").boundingBox();
    assert.ok(x < 100, `the button is where an Arabic page ends, not at ${x}`);

    // The Arabic site knows nothing of English addresses: the browser loads the page, and the chat comes along.
    await followCitation(page);
    await page.waitForURL(`${site.url}book/servo/**`);
    await page.getByRole("heading", { name: "Servos", level: 1 }).waitFor();
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    await stillSays(page, answer);
    expectQuiet(page);
  });

  test("leads from English to Arabic pages, and to files, by loading them", async (t) => {
    const chrome = await readers(t, site, { bookUrl: `${site.url}ar` });
    const page = await chrome.open(site.url);
    const answer = await chat(page, "What is a servo?");
    await followCitation(page);
    await page.waitForURL(`${site.url}ar/book/servo/**`);
    await page.getByRole("heading", { name: "Servos", level: 1 }).waitFor();
    assert.equal(await page.locator("html").getAttribute("lang"), "ar");
    await stillSays(page, answer);
    expectQuiet(page);
  });

  test("is followed live from light to dark, in the site's own colours", async (t) => {
    const chrome = await readers(t, site);
    const page = await chrome.open(`${site.url}book/servo/`, { colorScheme: "light" });
    await toggleIs(page, "rgb(47, 111, 79)");
    await openChat(page);
    const light = await surface(page);
    const toggle = page.getByRole("button", { name: /Switch between dark and light mode/ });
    while ((await page.locator("html").getAttribute("data-theme")) !== "dark") await toggle.click();
    await page.waitForFunction(() => document.querySelector("openai-chatkit")?.matches(".ckw[data-scheme=dark] *"));
    await toggleIs(page, "rgb(127, 200, 164)");
    assert.notEqual(await surface(page), light);
    expectQuiet(page);
  });

  test("has room for its own way back to the top", async (t) => {
    const chrome = await readers(t, site);
    const page = await chrome.open(`${site.url}book/servo/`);
    await page.locator("html[data-has-hydrated=true]").waitFor();
    // It comes when the reader turns back.
    await page.evaluate(async () => {
      scrollTo(0, document.body.scrollHeight);
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      scrollBy(0, -400);
    });
    const top = page.getByRole("button", { name: "Scroll back to top" });
    await top.waitFor();
    // Pressed where it is: Playwright would notice a button that lies over it.
    await top.click();
    await page.waitForFunction(() => scrollY === 0);
    expectQuiet(page);
  });
});

test("whoever writes the site sees their changes under the open chat", async (t) => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}${BASE}`;
  const service = await start(process.execPath, [docusaurus, "start", "--no-open", "--host", "127.0.0.1", "--port", `${port}`], {
    env: { ...env, NODE_ENV: "development" },
    ready: url,
  });
  t.after(service.stop);
  const chrome = await readers(t, { origin: new URL(url).origin });
  const page = await chrome.open("about:blank");
  // The first page is compiled when it is asked for.
  page.setDefaultTimeout(60_000);
  await page.goto(`${url}book/servo`);
  const answer = await chat(page, "What is a servo?");
  const sameDocument = await rememberDocument(page);

  const file = "book/04-servo.md";
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace("## What is a servo?", "A sentence from just now.\n\n## What is a servo?"));
  await page.getByText("A sentence from just now.").waitFor();
  await stillSays(page, answer);

  writeFileSync(file, text.replace("order: 4", "order: 4\nchat_prompts:\n  - A question from just now?"));
  await page.getByText("A sentence from just now.").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "New chat" }).click();
  await startQuestion(page, "A question from just now?").waitFor();
  assert.ok(await sameDocument(), "the page was loaded anew");
  expectQuiet(page);
});
