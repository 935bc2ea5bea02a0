// Who copies what README.md and docs/backend.md show has a chat that works. Run by `cargo xtask test packaging` in a copy
// of this folder, in which the tarball is installed.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";

const HARNESS = process.env.CKW_HARNESS;
const { bin, browser, chat, CHAT_SERVER, expectEachModuleOnce, expectQuiet, freePort, node, openChat, readerIsAnswered, serve, start } =
  await import(pathToFileURL(join(HARNESS, "index.mjs")));

/** The address of the chat's server in the documents. */
const THEIRS = "https://chat.example.org";

/** The first block of `language` behind these words of a document. */
function shown(document, words, language) {
  const text = readFileSync(join(HARNESS, "../../..", document), "utf8");
  const at = text.indexOf(words);
  const block = new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, "ms").exec(text.slice(at));
  assert.ok(at >= 0 && block !== null, `${document}: no ${language} behind "${words}"`);
  return block[1];
}

/** Puts what somebody must write in the place of what an example says; fails where the example says something else. */
function filledIn(example, what, own) {
  assert.ok(example.includes(what), `${what} in\n${example}`);
  return example.replaceAll(what, own);
}

describe("the README's examples, built with Vite", () => {
  before(() => {
    writeFileSync("src/react.tsx", filledIn(shown("README.md", "### In a React site", "tsx"), THEIRS, CHAT_SERVER));
    writeFileSync("src/plain.ts", filledIn(shown("README.md", "### With Vite", "ts"), THEIRS, CHAT_SERVER));
    writeFileSync("src/element.tsx", shown("README.md", "### Only the element", "tsx"));
    node([bin("vite"), "build"]);
  });

  test("ship each wasm module once", () => expectEachModuleOnce("dist"));

  for (const example of ["react", "plain"]) {
    test(`${example}: answers a reader, with a quiet console`, async (t) => {
      const site = await serve("dist");
      t.after(site.close);
      const page = await readerIsAnswered(t, site, `?${example}`);
      if (example === "react") return;
      await page.locator("button.ckw-toggle:visible").click();
      await page.getByRole("button", { name: "Ask", exact: true }).click();
      await page.locator('.ckw[data-panel="open"]').waitFor();
    });
  }

  test("element: is there, with a quiet console", async (t) => {
    const site = await serve("dist");
    t.after(site.close);
    const chrome = await browser();
    t.after(chrome.close);
    const page = await chrome.open(`${site.url}?element`);
    await page.locator("openai-chatkit").getByRole("textbox").fill("What is a servo?");
    expectQuiet(page);
  });
});

describe("what needs no build", () => {
  before(() => {
    mkdirSync("www");
    cpSync(join("node_modules", "chatkit-widget"), join("www", "chatkit-widget"), { recursive: true });
  });

  const page = (...body) => `<!doctype html>\n<html lang="en">\n<title>A site</title>\n<main>Text</main>\n${body.join("\n")}`;

  test("the element of the README is there, with a quiet console", async (t) => {
    writeFileSync(join("www", "element.html"), page(shown("README.md", "The same without React", "html")));
    const site = await serve("www");
    t.after(site.close);
    const chrome = await browser();
    t.after(chrome.close);
    const reader = await chrome.open(`${site.url}element.html`);
    await reader.locator("openai-chatkit").getByRole("textbox").fill("What is a servo?");
    expectQuiet(reader);
  });

  test("the server of sixty lines and the script tag are a chat", async (t) => {
    const site = await serve("www");
    t.after(site.close);
    const address = `http://127.0.0.1:${await freePort()}`;
    writeFileSync(join("www", "index.html"), page(filledIn(shown("README.md", "### With one script tag", "html"), THEIRS, address)));
    mkdirSync("server");
    const server = shown("docs/backend.md", "`server.py`:", "python");
    writeFileSync(join("server", "server.py"), filledIn(server, "https://docs.example.org", site.origin));
    writeFileSync(join("server", "memory.py"), shown("docs/backend.md", "`memory.py`, in whose", "python"));
    const uvicorn = ["-m", "uvicorn", "server:app", "--port", new URL(address).port];
    const begin = () => start(process.env.CKW_PYTHON, uvicorn, { cwd: "server", ready: `${address}/openapi.json` });
    let running = await begin();
    t.after(() => running.stop());
    const chrome = await browser();
    t.after(chrome.close);

    const reader = await chrome.open(site.url);
    assert.match(await chat(reader, "What is a servo?"), /What is a servo\?/);
    assert.match(await chat(reader, "And a stepper?"), /And a stepper\?/);
    await reader.reload();
    const kept = reader.locator(".ckw-body .ck-assistant");
    await kept.nth(1).waitFor();
    assert.match(await kept.first().innerText(), /What is a servo\?/);
    const stranger = await chrome.open(site.url);
    await openChat(stranger);
    assert.equal(await stranger.locator(".ckw-body .ck-assistant").count(), 0, "a stranger sees nobody's conversation");
    expectQuiet(reader);
    expectQuiet(stranger);

    // Its memory is gone with it: the reader is told, and begins anew.
    await running.stop();
    running = await begin();
    await reader.reload();
    await reader.getByText("This conversation is no longer available. Start a new chat to go on.").first().waitFor();
    await reader.getByRole("button", { name: "New chat" }).last().click();
    assert.match(await chat(reader, "Are you there?"), /Are you there\?/);
  });
});
