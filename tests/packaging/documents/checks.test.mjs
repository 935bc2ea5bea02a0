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

  /**
   * A page with the script tag, and the server of the document; `changes` make the server's other.
   * @returns the page's address, and `begin`, which starts the server
   */
  async function documented(t, name, { attributes = "", changes = (source) => source, files = {} } = {}) {
    const site = await serve("www");
    t.after(site.close);
    const address = `http://127.0.0.1:${await freePort()}`;
    const tag = filledIn(shown("README.md", "### With one script tag", "html"), THEIRS, address);
    writeFileSync(join("www", `${name}.html`), page(filledIn(tag, "></script>", `${attributes}></script>`)));
    mkdirSync(name);
    const server = shown("docs/backend.md", "`server.py`:", "python");
    writeFileSync(join(name, "server.py"), changes(filledIn(server, "https://docs.example.org", site.origin)));
    writeFileSync(join(name, "memory.py"), shown("docs/backend.md", "`memory.py`, in whose", "python"));
    writeFileSync(join(name, "idempotency.py"), shown("docs/backend.md", "`idempotency.py`, by which", "python"));
    for (const [file, text] of Object.entries(files)) writeFileSync(join(name, file), filledIn(text, "http://localhost:8000", address));
    const uvicorn = ["-m", "uvicorn", "server:app", "--port", new URL(address).port];
    const begin = async () => {
      const running = await start(process.env.CKW_PYTHON, uvicorn, { cwd: name, ready: `${address}/openapi.json` });
      t.after(running.stop);
      return running;
    };
    return { url: `${site.url}${name}.html`, begin };
  }

  test("the server of sixty lines and the script tag are a chat", async (t) => {
    const { url, begin } = await documented(t, "sixty");
    const running = await begin();
    const chrome = await browser();
    t.after(chrome.close);

    const reader = await chrome.open(url);
    assert.match(await chat(reader, "What is a servo?"), /What is a servo\?/);
    assert.match(await chat(reader, "And a stepper?"), /And a stepper\?/);
    await reader.reload();
    const kept = reader.locator(".ckw-body .ck-assistant");
    await kept.nth(1).waitFor();
    assert.match(await kept.first().innerText(), /What is a servo\?/);
    const stranger = await chrome.open(url);
    await openChat(stranger);
    assert.equal(await stranger.locator(".ckw-body .ck-assistant").count(), 0, "a stranger sees nobody's conversation");
    expectQuiet(reader);
    expectQuiet(stranger);

    // Its memory is gone with it: the reader is told, and begins anew.
    await running.stop();
    await begin();
    await reader.reload();
    await reader.getByText("This conversation is no longer available. Start a new chat to go on.").first().waitFor();
    await reader.getByRole("button", { name: "New chat" }).last().click();
    assert.match(await chat(reader, "Are you there?"), /Are you there\?/);
  });

  test("with its lines for files a reader sends one", async (t) => {
    const changed = shown("docs/backend.md", "Three lines of `server.py` change:", "python").trim().split("\n");
    const changes = (source) =>
      changed.reduce((text, line) => {
        const [name, value] = line.split(" = ");
        return value === undefined ? `${text}${line}\n` : text.replace(new RegExp(`^${name} = .*$`, "m"), line);
      }, `from files import Files, router\n${source}`);
    const { url, begin } = await documented(t, "with-files", {
      attributes: ` data-chatkit='{ "composer": { "attachments": { "enabled": true } } }'`,
      changes,
      files: { "files.py": shown("docs/backend.md", "## Files", "python") },
    });
    await begin();
    const chrome = await browser();
    t.after(chrome.close);
    const reader = await chrome.open(url);
    await openChat(reader);
    const uploaded = reader.waitForResponse((response) => response.request().method() === "PUT");
    const file = { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("A servo holds an angle.") };
    await reader.locator("openai-chatkit input[type=file]").setInputFiles(file);
    assert.equal((await uploaded).status(), 204);
    assert.match(await chat(reader, "What is in it?"), /What is in it\?/);
    await reader.locator("openai-chatkit").getByText("notes.txt").first().waitFor();
    expectQuiet(reader);
  });
});
