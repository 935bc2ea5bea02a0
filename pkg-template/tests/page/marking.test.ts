import { expect, it } from "vitest";
import { findQuote } from "../../src/internal/page/content.js";
import { markPassage } from "../../src/internal/page/marking.js";

// jsdom has no CSS Custom Highlight API, as browsers before 2025 have not: here the passage is wrapped.

it("a passage across elements is marked, and the page is afterwards what it was, node for node", () => {
  document.body.innerHTML = "<main><p>A <strong>servo</strong> is a motor.</p><p>It holds its angle. And more.</p></main>";
  const nodes = [...document.querySelectorAll("p, strong")].flatMap((element) => [...element.childNodes]);
  const before = document.body.innerHTML;
  const range = findQuote({ start: "a servo", end: "its angle." }, null);
  if (range === undefined) throw new Error("not found");
  const unmark = markPassage(range);
  expect([...document.querySelectorAll("mark")].map((mark) => mark.textContent)).toEqual(["A ", "servo", " is a motor.", "It holds its angle."]);
  expect(document.body.textContent).toBe("A servo is a motor.It holds its angle. And more.");
  unmark();
  expect(document.body.innerHTML).toBe(before);
  expect([...document.querySelectorAll("p, strong")].flatMap((element) => [...element.childNodes])).toEqual(nodes);
});

it("text that the page wrote anew meanwhile stays", () => {
  document.body.innerHTML = "<main><p>A servo is a motor.</p></main>";
  const text = document.querySelector("p")?.firstChild as Text;
  const unmark = markPassage(findQuote({ start: "servo" }, null) as Range);
  text.data = "Something else";
  unmark();
  expect(document.body.textContent).toBe("Something else");
});

it("words are looked for in the content, not in the chat or in scripts", () => {
  document.body.innerHTML = '<div class="ckw">servo</div><nav>servo</nav><main><script>"servo"</script><p hidden>servo</p><p id="p">servo</p></main>';
  expect(findQuote({ start: "servo" }, null)?.startContainer.parentElement?.id).toBe("p");
  document.body.innerHTML = "<p id='p'>servo</p>";
  expect(findQuote({ start: "servo" }, null)?.startContainer.parentElement?.id).toBe("p");
});
