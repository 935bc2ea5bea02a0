/** Reads the screen: one look at everything that a reader sees of the chat. Runs in the page. */

import type { Page } from "@playwright/test";

import type { Screen } from "./judge.ts";

/** Returns what is on the screen now. */
export async function look(page: Page): Promise<Screen> {
  return page.evaluate(() => {
    const chat = document.querySelector("openai-chatkit")?.shadowRoot ?? document.createDocumentFragment();
    const panel = document.querySelector(".ckw-chrome") ?? document.createDocumentFragment();
    const all = (selector: string): HTMLElement[] =>
      [...panel.querySelectorAll<HTMLElement>(selector), ...chat.querySelectorAll<HTMLElement>(selector)].filter((element) =>
        element.checkVisibility(),
      );
    const one = (selector: string): HTMLElement | undefined => all(selector)[0];
    const text = (element: Element | null | undefined): string => element?.textContent?.trim() ?? "";
    const enabled = (element: Element): boolean => element.getAttribute("aria-disabled") !== "true";
    const name = (element: Element): string => element.getAttribute("aria-label") ?? text(element);

    const questions = all(".ck-user");
    const last = questions.at(-1);
    const behind = (element: Element): boolean =>
      last === undefined || (last.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
    const field = chat.querySelector<HTMLTextAreaElement>("textarea.ck-field");
    const form = one("form.ck-structured");
    const stop = all(".ck-send").some((button) => name(button) === "Stop answering");
    const busy = ".ck-spinner, .ckw-spinner, .ck-dots, .ckw-busy, .ck-status, .ck-user[data-state=sending], [data-streaming]";

    const said: string[] = [];
    for (const root of [panel, chat]) {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const within = node.parentElement?.closest(".ck-bubble, .ck-assistant, .ck-summary, .ck-chip-words, legend, style");
        if (within === null && text(node.parentElement) !== "") said.push(node.textContent?.trim() ?? "");
      }
    }
    return {
      questions: questions.map((question) => ({
        text: text(question.querySelector(".ck-bubble")),
        state: question.dataset.state ?? "",
      })),
      answers: all(".ck-assistant").map((answer) => ({ text: text(answer), streaming: "streaming" in answer.dataset })),
      sentence: all(".ck-banner p, .ckw-text, [role=alert]").map(text).join(" "),
      buttons: all(".ck-banner button, .ck-user button, .ckw-cover button, .ckw-notice button").filter(enabled).map(name),
      draft: field === null || field.disabled ? undefined : field.value,
      stop,
      form:
        form === undefined
          ? undefined
          : {
              values: [...form.querySelectorAll<HTMLTextAreaElement>("textarea")].map(({ value }) => value),
              ready: enabled(form.querySelector("button[type=submit]") ?? form),
            },
      chips: all(".ck-chip").map((chip) => ({ name: text(chip.querySelector(".ck-hidden")), state: chip.dataset.state ?? "" })),
      thumb: {
        pressed: all('.ck-thumb-button[aria-pressed="true"]').length > 0,
        failed: all(".ck-actions-said").some((words) => /could not/.test(text(words))),
      },
      again: all('button[aria-label="Answer again"]').some((button) => enabled(button) && behind(button)),
      waiting: stop || one(busy) !== undefined || form?.getAttribute("aria-busy") === "true" || all('.ck-chip[data-state="uploading"]').length > 0,
      said: said.filter((words) => words !== ""),
    };
  });
}
