// The newest Docusaurus 3 with Docusaurus Faster (Rspack): at the root of its host, without trailing slashes, behind its
// own `docusaurus serve`; with the plugin, and with <ChatWidget> in a swizzled Root. What the README shows is what is
// built here. Run by `cargo xtask test packaging` in a copy of this folder, in which the tarball is installed.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";

const harness = await import(pathToFileURL(join(process.env.CKW_HARNESS, "index.mjs")).href);
const { CHAT_SERVER, bin, buttonHasItsSize, chat, expectEachModuleOnce, expectQuiet, files, followCitation, freePort } = harness;
const { markedPassage, node, openChat, readers, rememberDocument, start, stillSays } = harness;

const docusaurus = bin("@docusaurus/core", "docusaurus");
const env = { CHAT_URL: CHAT_SERVER, BOOK_DIR: resolve(process.env.CKW_HARNESS, "../../../www/book") };

/** The code of the README that comes with the package, from a line that begins like this. */
function fromReadme(firstLine) {
  const readme = readFileSync(join("node_modules", "chatkit-widget", "README.md"), "utf8");
  const blocks = [...readme.matchAll(/^```\w+\n(.*?)^```/gms)].map(([, code]) => code);
  const code = blocks.find((block) => block.startsWith(firstLine));
  assert.ok(code, `the README shows no ${firstLine}`);
  return code.replaceAll("https://chat.example.org", CHAT_SERVER);
}

/** Builds the site and has Docusaurus serve it. */
async function built(way, folder) {
  const output = node([docusaurus, "build", "--out-dir", folder], { ...env, CHAT: way });
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const serve = [docusaurus, "serve", "--dir", folder, "--no-open", "--host", "127.0.0.1", "--port", `${port}`];
  const service = await start(process.execPath, serve, { env: { ...env, CHAT: way }, ready: origin });
  return { output, origin, url: `${origin}/`, close: service.stop };
}

const hasToggle = (folder, page) => /<button[^>]*ckw-toggle/.test(readFileSync(join(folder, page), "utf8"));
const startQuestion = (page, name) => page.locator(".ckw-body").getByRole("button", { name });
const toggle = (page) => page.locator("button.ckw-toggle:visible");
const answers = (page) => page.locator(".ckw-body .ck-assistant:visible");

writeFileSync("readme.config.mjs", fromReadme("// docusaurus.config.js").replace("export default", "export const { plugins } ="));

describe("a mistake in the options", () => {
  const refused = (way) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [docusaurus, "build"], {
      encoding: "utf8",
      env: { ...process.env, ...env, CHAT: way },
    });
    assert.notEqual(status, 0, "the site was built");
    return stdout + stderr;
  };

  test("stops the build, which names each one, what was given and what is allowed", () => {
    const said = refused("wrong");
    assert.match(said, /chatkit-widget\/docusaurus:/);
    assert.match(said, /- tittle: is no option of the plugin\. Did you mean "title"\?/);
    assert.match(said, /- position: must be one of "bottom-end", .*, not "left"\./);
    assert.match(said, /- backendUrl\.staging: backendUrl must be the address of your ChatKit server, .* \{ development, production \}\./);
    assert.match(said, /- onError: is no option of the plugin\. Put it into the module that clientModule names\./);
    assert.match(said, /- chatkit\.onReady: is a function, .*clientModule/);
  });

  test("names the module that is not there", () => {
    assert.match(refused("no module"), /clientModule: there is no file \.\/src\/chatt\.ts in /);
  });
});

describe("a site with the plugin", () => {
  let site;
  before(async () => (site = await built("plugin", "build")));
  after(() => site?.close());

  test("is built without a warning", () => {
    const complaints = site.output.split("\n").filter((line) => /warn|error|chatkit/i.test(line));
    assert.deepEqual(complaints, []);
  });

  test("has each wasm module once", () => expectEachModuleOnce("build"));

  test("has the button in the HTML of every page but those that shall have none", () => {
    const pages = files("build", ".html");
    assert.ok(pages.length > 10, pages.join(", "));
    const without = pages.filter((page) => !hasToggle("build", page));
    assert.deepEqual(without, ["book/safety.html"]);
  });

  test("has the chat on the pages that shall have it, whichever the reader sees first", async (t) => {
    const chrome = await readers(t, site);
    const page = await chrome.open(`${site.url}book/safety`, { reducedMotion: "reduce" });
    const sameDocument = await rememberDocument(page);
    await page.getByRole("heading", { level: 1 }).waitFor();
    assert.equal(await toggle(page).count(), 0);

    // A post's own questions.
    await page.getByRole("link", { name: "News" }).click();
    await buttonHasItsSize(page);
    await openChat(page);
    await startQuestion(page, "About the arm").waitFor();
    assert.equal(await page.getByRole("dialog", { name: "Ask the book" }).count(), 1);

    const answer = await chat(page, "What is a servo?");
    await followCitation(page);
    await page.waitForURL(`${site.url}book/servo*`);
    assert.match(await markedPassage(page), /^A servo is a motor/);

    await page.getByRole("link", { name: "Safety" }).first().click();
    await page.waitForURL(`${site.url}book/safety`);
    await page.locator("#chatkit-widget").waitFor({ state: "hidden" });
    assert.equal(await answers(page).count(), 0);
    await page.goBack();
    await stillSays(page, answer);
    assert.ok(await sameDocument(), "a page was loaded");

    await page.reload();
    await stillSays(page, answer);
    expectQuiet(page);
  });

  test("calls the functions of the site's own module", async (t) => {
    const chrome = await readers(t, site);
    const page = await chrome.open(site.url);
    await openChat(page);
    await startQuestion(page, "What is a robot?").click();
    await page.waitForFunction(() => window.heard?.includes("thread"));
    await page.getByRole("button", { name: "Close" }).first().click();
    await page.waitForFunction(() => window.heard.includes("closed"));
    const heard = await page.evaluate(() => window.heard);
    assert.ok(heard.indexOf("open") < heard.indexOf("ready"), heard.join(", "));
    expectQuiet(page);
  });

  test("leads on from under the menu of a small screen", async (t) => {
    const chrome = await readers(t, site);
    const page = await chrome.open(site.url, { viewport: { width: 390, height: 800 } });
    await chat(page, "What is a servo?");
    await page.getByRole("button", { name: "Close" }).first().click();
    await page.getByRole("button", { name: "Toggle navigation bar" }).click();
    await openChat(page);
    await followCitation(page);
    await page.getByRole("heading", { name: "Servos", level: 1 }).waitFor();
    assert.match(page.url(), /\/book\/servo/);
    expectQuiet(page);
  });
});

describe("a site with <ChatWidget> in its Root", () => {
  let site;
  before(async () => {
    mkdirSync("src/theme");
    writeFileSync("src/theme/Root.tsx", fromReadme("// src/theme/Root.tsx"));
    site = await built("root", "build-root");
  });
  after(async () => {
    rmSync("src/theme", { recursive: true });
    await site?.close();
  });

  test("is built without a warning, with each wasm module once and the button in every page", () => {
    const complaints = site.output.split("\n").filter((line) => /warn|error|chatkit/i.test(line));
    assert.deepEqual(complaints, []);
    expectEachModuleOnce("build-root");
    const without = files("build-root", ".html").filter((page) => !hasToggle("build-root", page));
    assert.deepEqual(without, []);
  });

  test("keeps the conversation through pages, citations and a reload", async (t) => {
    const chrome = await readers(t, site);
    const page = await chrome.open(`${site.url}book/safety`, { reducedMotion: "reduce" });
    const sameDocument = await rememberDocument(page);
    const answer = await chat(page, "What is a servo?");
    await page.getByRole("link", { name: "News" }).click();
    await page.waitForURL(`${site.url}blog/first`);
    await followCitation(page);
    await page.waitForURL(`${site.url}book/servo*`);
    assert.match(await markedPassage(page), /^A servo is a motor/);
    await stillSays(page, answer);
    assert.ok(await sameDocument(), "a page was loaded");
    await page.reload();
    await stillSays(page, answer);
    expectQuiet(page);
  });
});
