/** A reader on the way through a site, with the chat at hand. */
import assert from "node:assert/strict";

/** Waits for the button to be as big as it was made, whatever the site's build does to styles. */
export async function buttonHasItsSize(page) {
  const made = ({ offsetWidth, offsetHeight }) => offsetWidth === 56 && offsetHeight === 56;
  await page.waitForFunction(`[...document.querySelectorAll("button.ckw-toggle")].some(${made})`);
}

/** Notes which document is on screen. The returned function tells whether it still is: no page was loaded since. */
export async function rememberDocument(page) {
  const mark = `document ${Math.random()}`;
  await page.evaluate((own) => void Object.assign(window, { [own]: true }), mark);
  return () => page.evaluate((own) => own in window, mark);
}

/** Presses the first source of the last answer. */
export async function followCitation(page) {
  const answer = page.locator(".ckw-body .ck-assistant").last();
  await answer.getByText(/^(Sources|المصادر)/).click();
  await answer.locator("a.ck-source").first().click();
}

/** Waits for a cited passage to be marked on the page, and returns its words. */
export async function markedPassage(page) {
  const words = await page.waitForFunction(() => {
    const ranges = "highlights" in CSS ? [...(CSS.highlights.get("ckw-passage") ?? [])] : [];
    const marks = [...document.querySelectorAll("mark.ckw-passage")].map((mark) => mark.textContent);
    return [...ranges.map(String), ...marks].join("");
  });
  return words.jsonValue();
}

/** The conversation is this one answer, as `chat` returned it. What stands around its text is in the page's language. */
export async function stillSays(page, answer) {
  const answers = page.locator(".ckw-body .ck-assistant:not([data-streaming])");
  await answers.first().waitFor();
  assert.equal(await answers.count(), 1);
  const text = await answers.locator(".ck-md").first().innerText();
  assert.ok(text.length > 20 && answer.includes(text), `instead of\n${answer}\nthere is\n${text}`);
}
