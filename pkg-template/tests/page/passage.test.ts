import { beforeEach, describe, expect, it, vi } from "vitest";
import { LONGEST_PASSAGE, passageOf, quotable } from "../../src/internal/page/passage.js";

describe("text as it is quoted", () => {
  it("has no spaces nobody sees", () => expect(quotable("  A\u00a0 servo \n\n\n\n is  a\n motor. ")).toBe("A servo\n\nis a\nmotor."));

  it("is nothing when nothing was selected", () => expect(quotable(" \n\t ")).toBeUndefined());

  it("ends at a word, with an ellipsis, when it is very long", () => {
    const text = quotable("servo ".repeat(1000)) ?? "";
    expect(text.length).toBeLessThanOrEqual(LONGEST_PASSAGE + 1);
    expect(text).toMatch(/servo…$/);
  });

  it("is cut within a word only where there are none, and never within a character", () => {
    const text = quotable(`a${"👩".repeat(2000)}`) ?? "";
    expect(text.at(-1)).toBe("…");
    expect(text).not.toMatch(/[\uD800-\uDBFF]…$/);
  });
});

describe("what of a selection can be asked about", () => {
  beforeEach(() => {
    document.body.innerHTML = `
      <nav id="nav">Contents</nav>
      <main><h1 id="title">Servos</h1><article id="one"><p id="p">A servo is a motor.</p><p id="note" contenteditable="true">mine</p></article></main>
      <footer id="footer">Imprint</footer>
      <div class="ckw" id="widget">Chat</div>`;
  });
  const text = (id: string): Text => document.getElementById(id)?.firstChild as Text;
  function select(from: Text, to: Text = from, start = 0, end = to.data.length): Selection {
    const selection = document.getSelection() as Selection;
    selection.setBaseAndExtent(from, start, to, end);
    return selection;
  }
  const asked = (selection: Selection | null, selector: string | false = "main, article"): string | undefined => passageOf(selection, selector)?.text;

  it("a passage of the content", () => expect(asked(select(text("p"), text("p"), 2, 7))).toBe("servo"));

  it("a passage that begins in one part of it and ends in another", () =>
    expect(asked(select(text("title"), text("p")))).toMatch(/^Servos\s*A servo is a motor\.$/));

  it("the inside of one that runs out of it", () => {
    expect(asked(select(text("p"), text("footer"), 2))).not.toContain("Imprint");
    expect(asked(select(text("nav"), text("title")))).toBe("Servos");
  });

  it.each([["outside of it", "nav"], ["in a field", "note"], ["in the widget", "widget"]])("nothing %s", (_name, id) =>
    expect(asked(select(text(id)))).toBeUndefined(),
  );

  it("nothing without a selection, and nothing where a site does not want it", () => {
    expect(asked(null)).toBeUndefined();
    expect(asked(select(text("p"), text("p"), 3, 3))).toBeUndefined();
    expect(asked(select(text("p")), false)).toBeUndefined();
  });

  it("what the site names", () => expect(asked(select(text("footer")), "footer")).toBe("Imprint"));

  it("nothing by a selector that is none, which is said once", () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
    expect(asked(select(text("p")), "main >")).toBeUndefined();
    expect(asked(select(text("p")), "main >")).toBeUndefined();
    expect(error).toHaveBeenCalledTimes(1);
    expect(error.mock.lastCall?.join(" ")).toContain('askSelector: "main >"');
  });
});
