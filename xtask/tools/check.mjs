// node check.mjs <address of the demo page>: opens the page in a headless browser, asks the textbook a question
// and waits for a streamed answer that cites a page. Ends with 0 when all of it happened, else says what did not.
import { chromium } from "playwright-core";

const QUESTION = "What is a servo?";
/** Milliseconds for one thing to happen; a cold server on a busy machine takes a few seconds. */
const PATIENCE = 30_000;

const address = process.argv[2];
const browser = await chromium.launch({
  executablePath: process.env.CHROME,
  // A container's root user may not use Chromium's sandbox; only our own page is opened.
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"],
});

const complaints = [];
let doing = "opening the page";
try {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.on("pageerror", (error) => complaints.push(`page error: ${error.message}`));
  page.on("requestfailed", (request) => complaints.push(`${request.url()}: ${request.failure()?.errorText}`));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()}`);
  });

  await page.goto(address);
  doing = "pressing the button in the corner";
  await page.locator("button.ckw-toggle").first().click();

  doing = "finding the composer";
  const chat = page.locator("openai-chatkit");
  const composer = chat.getByRole("textbox");
  await composer.waitFor();

  doing = "asking";
  await composer.fill(QUESTION);
  await composer.press("Enter");

  doing = "waiting for the beginning of an answer";
  await chat.locator(".ck-assistant[data-streaming]").first().waitFor();
  doing = "waiting for the end of the answer, with a citation of a page of the textbook";
  const answer = chat.locator(".ck-assistant:not([data-streaming])").first();
  const citation = answer.locator("a[href*='servo']").first();
  await citation.waitFor();
  doing = "reading the answer";
  // Not `textContent`: an answer that is in the page and cannot be seen is no answer.
  const text = await answer.innerText();
  if (!/servo/i.test(text)) throw new Error(`it says nothing about the question: ${text}`);
  console.log(`Asked "${QUESTION}"; the answer cites ${await citation.getAttribute("href")}`);
} catch (error) {
  console.error(`Failed while ${doing}: ${error.message}`);
  for (const complaint of complaints) console.error(`  ${complaint}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}
