import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { COLORS } from "../src/internal/code-palette.js";
import { pieces } from "../src/internal/code-pieces.js";
import { tokens } from "../src/internal/code-colors.js";
import { typeset } from "../src/internal/formulas.js";
import { drawLater } from "../src/internal/later.js";

describe("colours in code", () => {
  const words = (lang: string, code: string): string[] =>
    [...tokens(lang, code)].flat().map(({ kind, start, end }) => `${kind}:${code.slice(start, end)}`);

  it("lie on the words that the grammar means", () => {
    expect(words("rust", 'fn main() { let x = "a"; } // c')).toEqual([
      "keyword:fn",
      "name:main",
      "keyword:let",
      "attribute:x",
      'string:"a"',
      "comment:// c",
    ]);
    expect(words("ts", "const a: number = 1;")).toContain("number:1");
    expect(words("dockerfile", "FROM a")).toContain("keyword:FROM");
  });

  it("lie where they should behind the first piece of a long block, too", () => {
    const code = `${"let a = 1;\n".repeat(900)}// end`;
    expect(words("js", code).at(-1)).toBe("comment:// end");
  });

  it("are looked for in pieces that no grammar can choke on", () => {
    const long = `${"a".repeat(50_000)}\n${"x = 1\n".repeat(3000)}\n\n${"y\n\n".repeat(2000)}`;
    const found = pieces(long);
    expect(found.map(({ text }) => text).join("")).toBe(long);
    for (const { text, plain } of found) expect(plain || text.length <= 3000).toBe(true);
    const before = performance.now();
    for (const lang of ["csharp", "perl", "json", "js", "php"]) {
      words(lang, `"""${"a".repeat(20_000)}`);
      words(lang, '"""\n'.repeat(5_000));
    }
    expect(performance.now() - before).toBeLessThan(4000);
  });

  it("have a rule for light, for dark and for colours the reader chose", () => {
    expect(COLORS).toContain(".ck .ck-md-code code::highlight(ckw-code-keyword)");
    expect(COLORS).toContain('.ck[data-scheme="dark"] .ck-md-code code::highlight(ckw-code-keyword)');
    expect(COLORS).toContain("forced-colors");
  });
});

const formula = (tex: string, display = false): HTMLElement => {
  const node = document.createElement("span");
  node.append(document.createElement("code"), document.createElement("span"));
  node.firstElementChild?.append(tex);
  node.toggleAttribute("data-display", display);
  document.body.append(node);
  return node;
};

describe("a formula", () => {
  it("becomes MathML beside its TeX", () => {
    const node = formula("\\frac{1}{2}");
    typeset(node);
    expect(node.querySelector("math mfrac")).not.toBeNull();
    expect(node.hasAttribute("data-drawn")).toBe(true);
    expect(node.firstElementChild?.textContent).toBe("\\frac{1}{2}");
  });

  it("stays TeX where it cannot be read, and says nothing on the console", () => {
    const log = vi.spyOn(console, "error");
    for (const tex of ["\\frac{1", "\\nosuch{x}", "\\def\\a{\\a\\a}\\a", "\\newcommand{\\x}{y}\\x", "x".repeat(5000)]) {
      const node = formula(tex);
      typeset(node);
      expect(node.hasAttribute("data-drawn")).toBe(false);
      expect(node.querySelector("math")).toBeNull();
    }
    expect(log).not.toHaveBeenCalled();
  });

  it("makes no links, classes or ids out of what a model writes", () => {
    const tex = ["\\href{javascript:alert(1)}{x}", "\\class{a}{x}", "\\id{a}{x}", "\\style{color:red}{x}", "\\includegraphics{a}"];
    for (const one of tex) {
      const node = formula(one);
      typeset(node);
      expect(node.querySelector("[href], [id], img, .a")).toBeNull();
    }
  });
});

describe("the element's root", () => {
  let root: HTMLElement;
  let end: () => void;
  beforeEach(() => {
    root = document.createElement("div");
    document.body.append(root);
    end = drawLater(root);
  });
  afterEach(() => {
    end();
    document.body.replaceChildren();
  });

  it("has a formula drawn when the wasm says it is there, and again when it is another", async () => {
    const node = formula("a");
    root.append(node);
    node.dispatchEvent(new CustomEvent("ck-math", { bubbles: true }));
    await vi.waitFor(() => expect(node.querySelector("mi")?.textContent).toBe("a"));
    node.firstElementChild?.replaceChildren("b");
    node.dispatchEvent(new CustomEvent("ck-math", { bubbles: true }));
    await vi.waitFor(() => expect(node.querySelector("mi")?.textContent).toBe("b"));
  });

  it("is left alone after the end", async () => {
    const node = formula("a");
    root.append(node);
    end();
    node.dispatchEvent(new CustomEvent("ck-math", { bubbles: true }));
    await import("../src/internal/formulas.js");
    await Promise.resolve();
    expect(node.querySelector("math")).toBeNull();
  });
});
