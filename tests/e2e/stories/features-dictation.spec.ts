/** Speech instead of typing, with a microphone that Chromium makes up. */

import type { Locator, Page } from "@playwright/test";

import { expect, features, test, violations, type Features } from "../support/features.ts";

const options = () => ({ composer: { dictation: { enabled: true } } });

const speak = (chat: Features): Locator => chat.element.getByRole("button", { name: "Speak instead of typing" });
const stop = (chat: Features): Locator => chat.element.getByRole("button", { name: "Stop and write it down" });
const cancel = (chat: Features): Locator => chat.element.getByRole("button", { name: "Throw the recording away" });

/** Remembers every sound the page is given. */
async function remember(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const tracks: MediaStreamTrack[] = [];
    const devices = navigator.mediaDevices;
    const real = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (wanted) => {
      const stream = await real(wanted);
      tracks.push(...stream.getTracks());
      return stream;
    };
    Object.assign(window, { tracks });
  });
}

/** How many microphones still listen, of how many there were. */
const listening = (page: Page): Promise<[number, number]> =>
  page.evaluate(() => {
    const { tracks } = window as unknown as { tracks: MediaStreamTrack[] };
    return [tracks.filter(({ readyState }) => readyState === "live").length, tracks.length];
  });

test.use({
  launchOptions: async ({ launchOptions }, use) =>
    use({
      ...launchOptions,
      args: [...(launchOptions.args ?? []), "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
    }),
});

test("what was said stands where the caret is, and the microphone is off again", async ({ page, server }) => {
  await remember(page);
  const chat = await features(page, server, options);
  await chat.composer.fill("before after");
  await chat.composer.evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(7, 7));
  await speak(chat).click();
  await expect(chat.element.getByRole("timer")).toHaveText("0:01");
  expect(await listening(page)).toEqual([1, 1]);
  expect(await violations(page)).toEqual([]);
  await stop(chat).click();
  await expect(chat.composer).toHaveValue(/^before \d+ bytes of audio\/webm ?after$/);
  await expect(chat.composer).toBeFocused();
  expect(await listening(page)).toEqual([0, 1]);
  const [asked] = chat.requests("input.transcribe");
  expect(asked?.params.mime_type).toBe("audio/webm;codecs=opus");
  expect(asked?.params.audio_base64).toMatch(/^GkXf[A-Za-z0-9+/]+=*$/);
  expect(chat.requests("threads.create")).toEqual([]);
});

test("a recording that is thrown away leaves nothing", async ({ page, server }) => {
  await remember(page);
  const chat = await features(page, server, options);
  await speak(chat).click();
  await cancel(chat).click();
  await expect(speak(chat)).toBeVisible();
  await expect(chat.composer).toBeFocused();
  await expect.poll(() => listening(page)).toEqual([0, expect.any(Number)]);
  expect(chat.requests("input.transcribe")).toEqual([]);
});

test("a chat that goes lets go of the microphone", async ({ page, server }) => {
  await remember(page);
  const chat = await features(page, server, options);
  await speak(chat).click();
  await expect(stop(chat)).toBeVisible();
  await chat.element.evaluate((element) => element.remove());
  await expect.poll(() => listening(page)).toEqual([0, 1]);
});

test("a microphone that comes only after the chat has gone is let go, too", async ({ page, server }) => {
  await remember(page);
  await page.addInitScript(() => {
    const devices = navigator.mediaDevices;
    const real = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (wanted) => {
      await new Promise((allow) => Object.assign(window, { allow }));
      return real(wanted);
    };
  });
  const chat = await features(page, server, options);
  await speak(chat).click();
  await expect(chat.element.getByText("Waiting for the microphone…").first()).toBeVisible();
  await chat.element.evaluate((element) => element.remove());
  await page.evaluate(() => (window as unknown as { allow(): void }).allow());
  await expect.poll(() => listening(page)).toEqual([0, 1]);
});

test("a server that cannot write it down is said in plain words, and the microphone is off", async ({ page, server, complaints }) => {
  await remember(page);
  const chat = await features(page, server, options);
  await page.route("**/chatkit", (route) =>
    route.request().postData()?.includes("input.transcribe") ? route.fulfill({ status: 500 }) : route.fallback(),
  );
  await speak(chat).click();
  await stop(chat).click();
  await expect(chat.element.getByText("What you said could not be written down. Please try again.")).toBeVisible();
  await expect(speak(chat)).toBeVisible();
  expect(await listening(page)).toEqual([0, 1]);
  expect(await chat.events("error")).toHaveLength(1);
  expect(complaints.splice(0).every((complaint) => complaint.includes("500"))).toBe(true);
});

for (const [error, said] of [
  ["NotAllowedError", "The microphone is not allowed on this page."],
  ["NotFoundError", "No microphone was found that can be used."],
] as const) {
  test(`a reader whose browser says ${error} is told what to do`, async ({ page, server }) => {
    await page.addInitScript((name) => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", name));
    }, error);
    const chat = await features(page, server, options);
    await speak(chat).click();
    await expect(chat.element.getByRole("status").getByText(said)).toBeVisible();
    expect(await chat.events("error")).toHaveLength(1);
    await expect(speak(chat)).toBeVisible();
  });
}

test("a browser without a recorder says so", async ({ page, server }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, "MediaRecorder"));
  const chat = await features(page, server, options);
  await speak(chat).click();
  await expect(chat.element.getByText("Speech cannot be recorded here. Please type your message.")).toBeVisible();
});

test("a microphone that is pulled out ends the recording with what was said", async ({ page, server }) => {
  await remember(page);
  const chat = await features(page, server, options);
  await speak(chat).click();
  await expect(chat.element.getByRole("timer")).toHaveText("0:01");
  await page.evaluate(() => (window as unknown as { tracks: MediaStreamTrack[] }).tracks.forEach((track) => track.stop()));
  await expect(chat.composer).toHaveValue(/bytes of audio\/webm/);
});
