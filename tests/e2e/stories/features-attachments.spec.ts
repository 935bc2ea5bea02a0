/** Files in the composer: chosen, dropped and pasted, uploaded both ways, refused, failed, removed, sent. */

import type { Locator } from "@playwright/test";

import { expect, features, fileDialog, test, violations, type Features } from "../support/features.ts";

/** A red square. */
const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAFUlEQVR4nGP8z8DAgA0wYRUdtBIAWn4CDA1G8GYAAAAASUVORK5CYII=",
  "base64",
);

const text = (name: string, size = 3) => ({ name, mimeType: "text/plain", buffer: Buffer.alloc(size, "x") });
const picture = (name: string) => ({ name, mimeType: "image/png", buffer: PICTURE });

const twoPhase = () => ({
  api: { uploadStrategy: { type: "two_phase" } },
  composer: { attachments: { enabled: true } },
});

const chips = (chat: Features): Locator =>
  chat.element.locator(".ck-composer").getByRole("list", { name: "Attachments" }).getByRole("listitem");
const send = (chat: Features): Locator => chat.element.getByRole("button", { name: "Send message" });

async function choose(chat: Features, files: Parameters<Locator["setInputFiles"]>[0]): Promise<void> {
  const dialog = await fileDialog(chat.page, () => chat.element.getByRole("button", { name: "Add files" }).click());
  await dialog.setFiles(files as never);
}

/** Files as the page has them when they are dragged or copied. */
async function transfer(chat: Features, files: { name: string; mimeType: string; buffer: Buffer }[], words = "") {
  return chat.page.evaluateHandle(
    ([files, words]) => {
      const transfer = new DataTransfer();
      for (const { name, mimeType, data } of files) {
        transfer.items.add(new File([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))], name, { type: mimeType }));
      }
      if (words) transfer.setData("text/plain", words);
      return transfer;
    },
    [files.map(({ name, mimeType, buffer }) => ({ name, mimeType, data: buffer.toString("base64") })), words] as const,
  );
}

test("a chosen file is announced, uploaded as bytes and sent by its id", async ({ page, server }) => {
  const chat = await features(page, server, twoPhase);
  const put = page.waitForRequest((request) => request.method() === "PUT");
  await choose(chat, text("notes.txt", 5));
  expect((await put).headers()).toMatchObject({ "x-up": "1", "content-type": "text/plain" });
  await expect(chips(chat)).toHaveText(/notes\.txt/);
  expect(chat.requests("attachments.create")[0]?.params).toEqual({ name: "notes.txt", size: 5, mime_type: "text/plain" });
  await chat.say("hello");
  await chat.answered(0);
  const [file] = await server.files();
  expect(file).toMatchObject({ name: "notes.txt", type: "text/plain", size: 5 });
  expect(chat.requests("threads.create")[0]?.params.input.attachments).toEqual([file?.id]);
  await expect(chips(chat)).toHaveCount(0);
  await expect(chat.questions.first()).toContainText("notes.txt");
});

test("a server that wants a form gets the file in its field", async ({ page, server }) => {
  const chat = await features(page, server, twoPhase);
  const post = page.waitForRequest((request) => request.method() === "POST" && request.url().includes("/upload/"));
  await choose(chat, text("form.txt"));
  expect((await post).headers()["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
  await expect.poll(async () => (await server.files()).length).toBe(1);
  await expect(chips(chat).getByText("Uploading…")).toHaveCount(0);
});

test("a direct upload is one form through the site's own fetch", async ({ page, server }) => {
  const chat = await features(
    page,
    server,
    (url: string) => ({
      api: {
        uploadStrategy: { type: "direct", uploadUrl: `${url}/direct` },
        fetch: (input: string, init: RequestInit) => {
          const seen = ((window as unknown as { seen: string[] }).seen ??= []);
          seen.push(`${init.method} ${new URL(input).pathname.split("/").pop()} ${init.body instanceof FormData}`);
          return fetch(input, { ...init, headers: { ...init.headers, "x-site": "1" } });
        },
      },
      composer: { attachments: { enabled: true } },
    }),
    server.url,
  );
  const post = page.waitForRequest((request) => request.url().endsWith("/direct"));
  await choose(chat, picture("red.png"));
  expect((await post).headers()["x-site"]).toBe("1");
  await expect(chips(chat).locator("img")).toBeVisible();
  await chat.composer.press("Enter");
  await chat.answered(0);
  const [file] = await server.files();
  expect(chat.requests("threads.create")[0]?.params.input).toMatchObject({ content: [], attachments: [file?.id] });
  expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen[0])).toBe("POST direct true");
  await expect(chat.questions.first().getByRole("img", { name: "red.png" })).toBeVisible();
});

test("files dropped anywhere on the chat are added, and the place for them is shown meanwhile", async ({ page, server }) => {
  const chat = await features(page, server, twoPhase);
  const data = await transfer(chat, [text("a.txt"), text("b.txt")]);
  const greeting = chat.element.getByRole("heading").first();
  const place = chat.element.getByText("Drop files here to add them");
  await greeting.dispatchEvent("dragenter", { dataTransfer: data });
  await greeting.dispatchEvent("dragover", { dataTransfer: data });
  await expect(place).toBeVisible();
  await greeting.dispatchEvent("drop", { dataTransfer: data });
  await expect(place).toBeHidden();
  await expect(chips(chat)).toHaveText([/a\.txt/, /b\.txt/]);
});

test("a drag that leaves again, or carries no file, changes nothing", async ({ page, server }) => {
  const chat = await features(page, server, twoPhase);
  const place = chat.element.getByText("Drop files here to add them");
  const app = chat.element.locator(".ck-app");
  await app.dispatchEvent("dragenter", { dataTransfer: await transfer(chat, [text("a.txt")]) });
  await expect(place).toBeVisible();
  await app.dispatchEvent("dragleave", { dataTransfer: await transfer(chat, [text("a.txt")]) });
  await expect(place).toBeHidden();
  await app.dispatchEvent("dragenter", { dataTransfer: await transfer(chat, [], "some words") });
  await expect(place).toBeHidden();
  await expect(chips(chat)).toHaveCount(0);
});

test("a pasted picture is added, pasted words are words even with a picture of them", async ({ page, server }) => {
  const chat = await features(page, server, twoPhase);
  const paste = async (data: Awaited<ReturnType<typeof transfer>>) =>
    chat.composer.evaluate((field, data) => {
      const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, composed: true, cancelable: true });
      return field.dispatchEvent(event);
    }, data);
  expect(await paste(await transfer(chat, [picture("image.png")], "copied words")), "left to the browser").toBe(true);
  await expect(chips(chat)).toHaveCount(0);
  expect(await paste(await transfer(chat, [picture("image.png")]))).toBe(false);
  await expect(chips(chat)).toHaveText(/image\.png/);
});

test("a message waits for its files, and says why when it is asked to go", async ({ page, server }) => {
  const chat = await features(page, server, twoPhase);
  await choose(chat, text("slow.txt"));
  await chat.say("hello");
  await expect(chat.element.getByRole("status").getByText(/still being uploaded/)).toBeVisible();
  await expect(send(chat)).toHaveAttribute("aria-disabled", "true");
  await expect(chat.composer).toHaveValue("hello");
  expect(chat.requests("threads.create")).toEqual([]);
  await server.open("slow.txt");
  await expect(send(chat)).not.toHaveAttribute("aria-disabled", "true");
  await expect(chat.element.getByText(/still being uploaded/)).toHaveCount(0);
  await chat.composer.press("Enter");
  await chat.answered(0);
  expect(chat.requests("threads.create")[0]?.params.input.attachments).toHaveLength(1);
});

test("what breaks a limit is named and never sent", async ({ page, server }) => {
  const chat = await features(page, server, () => ({
    api: { uploadStrategy: { type: "two_phase" } },
    composer: { attachments: { enabled: true, maxCount: 2, maxSize: 1000, accept: { "text/plain": [".txt"] } } },
  }));
  const data = await transfer(chat, [text("big.txt", 1001), picture("red.png"), text("1.txt"), text("2.txt"), text("3.txt")]);
  await chat.element.locator(".ck-app").dispatchEvent("drop", { dataTransfer: data });
  const status = chat.element.getByRole("status");
  await expect(status.getByText("Larger than 1000 B, so not added: big.txt")).toBeVisible();
  await expect(status.getByText(/Files of this kind cannot be added: red\.png/)).toBeVisible();
  await expect(status.getByText(/at most: 2\. Not added: 3\.txt/)).toBeVisible();
  await expect(chips(chat)).toHaveText([/1\.txt/, /2\.txt/]);
  await expect.poll(async () => (await server.files()).map(({ name }) => name).sort()).toEqual(["1.txt", "2.txt"]);
  expect(chat.requests("attachments.create")).toHaveLength(2);
});

test("an upload that fails can be tried again, and blocks the message until then", async ({ page, server, complaints }) => {
  const chat = await features(page, server, twoPhase);
  let broken = true;
  await page.route("**/upload/**", (route) => (broken ? route.fulfill({ status: 507 }) : route.fallback()));
  await choose(chat, text("notes.txt"));
  await expect(chips(chat)).toContainText("Not uploaded");
  await chat.say("hello");
  await expect(chat.element.getByText(/A file was not uploaded/)).toBeVisible();
  expect(await chat.events("error")).toEqual([
    { name: "error", detail: { error: { name: "ChatKitError", message: expect.stringContaining("HTTP 507") } } },
  ]);
  broken = false;
  await chips(chat).getByRole("button", { name: "Upload notes.txt again" }).click();
  await expect(chips(chat).getByText("Not uploaded")).toHaveCount(0);
  await expect(send(chat)).not.toHaveAttribute("aria-disabled", "true");
  await chat.composer.press("Enter");
  await chat.answered(0);
  expect(complaints.splice(0).every((complaint) => complaint.includes("507"))).toBe(true);
});

test("a removed file is deleted on the server, and the focus goes on to the next one", async ({ page, server }) => {
  const chat = await features(page, server, twoPhase);
  await choose(chat, [text("a.txt"), text("b.txt")]);
  await expect.poll(async () => (await server.files()).length).toBe(2);
  await chips(chat).getByRole("button", { name: "Remove a.txt" }).press("Enter");
  await expect(chips(chat)).toHaveText(/b\.txt/);
  await expect(chips(chat).getByRole("button", { name: "Remove b.txt" })).toBeFocused();
  await expect(chat.element.getByRole("status").getByText("Removed: a.txt")).toBeAttached();
  await page.keyboard.press("Enter");
  await expect(chips(chat)).toHaveCount(0);
  await expect(chat.composer).toBeFocused();
  await expect.poll(async () => (await server.files()).length).toBe(0);
  await choose(chat, text("a.txt"));
  await expect(chips(chat)).toHaveText(/a\.txt/);
});

test("files of a message that was refused are in the composer again", async ({ page, server, complaints }) => {
  const chat = await features(page, server, twoPhase);
  await choose(chat, text("notes.txt"));
  await chat.say("http 422");
  await expect(chips(chat)).toHaveText(/notes\.txt/);
  await expect(chat.composer).toHaveValue("http 422");
  await chat.say("hello");
  await chat.answered(0);
  expect(chat.requests("threads.create").at(-1)?.params.input.attachments).toHaveLength(1);
  expect(complaints.splice(0).every((complaint) => complaint.includes("422"))).toBe(true);
});

test("a reload of the tab takes no uploaded file away", async ({ page, server }) => {
  const chat = await features(page, server, twoPhase);
  await choose(chat, text("notes.txt"));
  await expect(chips(chat)).toHaveAttribute("data-state", "uploaded");
  await page.reload();
  await page.waitForFunction(() => "features" in window);
  await chat.start(twoPhase, undefined);
  await expect(chips(chat)).toHaveText(/notes\.txt/);
  await chat.say("hello");
  await chat.answered(0);
  expect(chat.requests("threads.create")[0]?.params.input.attachments).toHaveLength(1);
});

test("the site brings files and takes them away by setComposerValue", async ({ page, server }) => {
  const chat = await features(page, server, twoPhase);
  const compose = (value: string) =>
    page.evaluate<string>(`window.features.kit.setComposerValue(${value}).then(() => "", (error) => error.message)`);
  expect(await compose(`{ text: "hello", files: [new File(["abc"], "made.txt", { type: "text/plain" })] }`)).toBe("");
  await expect(chips(chat)).toHaveText(/made\.txt/);
  await expect.poll(async () => (await server.files())[0]?.size).toBe(3);
  expect(await compose(`{ files: [{ name: "no file" }] }`)).toContain("$.files[0]: expected a File");
  await chat.composer.press("Enter");
  await chat.answered(0);
  expect(chat.requests("threads.create")[0]?.params.input.attachments).toHaveLength(1);
  expect(await compose(`{ attachments: [{ type: "file", id: "atc_x", name: "known.pdf", mime_type: "application/pdf" }] }`)).toBe("");
  await expect(chips(chat)).toHaveText(/known\.pdf/);
  expect(await compose(`{ attachments: [] }`)).toBe("");
  await expect(chips(chat)).toHaveCount(0);
  expect(chat.requests("attachments.delete")).toEqual([]);
});

for (const scheme of ["light", "dark"] as const) {
  test(`many files with long names stay usable in 320 pixels, ${scheme}, for everybody`, async ({ page, server }) => {
    await page.setViewportSize({ width: 320, height: 560 });
    const options = (colorScheme: string) => ({
      api: { uploadStrategy: { type: "two_phase" } },
      theme: { colorScheme },
      composer: { attachments: { enabled: true } },
    });
    const chat = await features(page, server, options, scheme);
    const files = Array.from({ length: 11 }, (_, n) => text(`the-minutes-of-the-annual-meeting-of-the-society-part-${n}.txt`));
    await choose(chat, [picture("red.png"), ...files]);
    await expect(chips(chat)).toHaveCount(10);
    await expect(chips(chat).getByText("Uploading…")).toHaveCount(0);
    const width = await chat.element.evaluate((element) => element.shadowRoot!.querySelector(".ck")!.scrollWidth);
    expect(width).toBeLessThanOrEqual(320);
    const end = chips(chat).nth(1).locator(".ck-chip-name > span").last();
    await expect(end).toHaveText(/part-0\.txt$/);
    await expect(end).toBeInViewport({ ratio: 1 });
    await expect(chat.composer).toBeInViewport({ ratio: 1 });
    expect(await violations(page)).toEqual([]);
  });
}

test("nothing of the files is left behind by a chat that goes", async ({ page, server }) => {
  await page.addInitScript(() => {
    const live = new Set<string>();
    const { createObjectURL, revokeObjectURL } = URL;
    URL.createObjectURL = (blob) => (live.add(createObjectURL(blob)), [...live].at(-1)!);
    URL.revokeObjectURL = (url) => (live.delete(url), revokeObjectURL(url));
    Object.assign(window, { live });
  });
  const chat = await features(page, server, twoPhase);
  await choose(chat, [picture("one.png"), picture("slow.png")]);
  await expect(chips(chat)).toHaveCount(2);
  const live = () => page.evaluate(() => (window as unknown as { live: Set<string> }).live.size);
  expect(await live()).toBe(2);
  await chips(chat).getByRole("button", { name: "Remove one.png" }).click();
  await expect.poll(live).toBe(1);
  await chat.element.evaluate((element) => element.remove());
  await expect.poll(live).toBe(0);
});
