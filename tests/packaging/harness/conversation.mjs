/** The widget as a reader uses it. */
import assert from "node:assert/strict";

/** What a reader sees of the widget, in every engine room: the element in the page, or in a Yew app's own wasm. */
const parts = (page) => ({
  toggle: page.locator("button.ckw-toggle:visible"),
  composer: page.locator(".ckw-body").getByRole("textbox"),
  answers: page.locator(".ckw-body .ck-assistant"),
  whole: page.locator(".ckw-body .ck-assistant:not([data-streaming])"),
});

/** Presses the toggle, unless the panel is open already, and waits until a question can be typed. */
export async function openChat(page) {
  const { toggle, composer } = parts(page);
  await toggle.waitFor();
  if ((await toggle.getAttribute("aria-expanded")) !== "true") await toggle.click();
  await composer.waitFor();
}

/**
 * Opens the chat, asks, and waits for the whole answer.
 * @returns the answer's text
 */
export async function chat(page, question) {
  await openChat(page);
  const { composer, answers, whole } = parts(page);
  const before = await answers.count();
  await composer.fill(question);
  await composer.press("Enter");
  await whole.nth(before).waitFor();
  return whole.nth(before).innerText();
}

/** Nothing red in the developer tools so far. */
export function expectQuiet(page) {
  assert.deepEqual(page.problems, [], "the page's console");
}
