import { common, createLowlight } from "lowlight";
import { beforeEach, expect, it, vi } from "vitest";

type Reader = (typeof import("../src/internal/code-grammars.js"))["reader"];

const all = createLowlight(common);
let reader: Reader;

beforeEach(async () => {
  vi.resetModules();
  ({ reader } = await import("../src/internal/code-grammars.js"));
});

const CODE: [lang: string, code: string][] = [
  ["ts", "const a: number = 1; const b = html`<b class='c'>${a}</b>`; const c = css`p { color: red }`;"],
  ["jsx", "const a = () => <p title='b'>{1}</p>;"],
  ["html", "<style>p { color: red }</style><script>let a = 'b';</script>"],
  ["md", "# A\n<b>b</b>\n"],
  ["yml", "a: <%= 'b'.c %>"],
  ["console", "$ echo 'a' && if true; then b; fi"],
  ["pycon", ">>> print('a')"],
  ["php-template", "<p><?php echo 'a'; ?></p>"],
  ["c++", "int main() { return 0; }"],
  ["C#", "var a = 1;"],
  ["gemspec", "def a; 'b'; end"],
];

it.each(CODE)("reads %s as if every grammar had been made", (lang, code) => {
  expect(reader(lang.toLowerCase())?.highlight(lang, code)).toEqual(all.highlight(lang, code));
});

it("makes no grammar but those that are needed", () => {
  expect(reader("rs")?.listLanguages()).toEqual(["rust"]);
  expect(reader("sh")?.listLanguages()).toEqual(["rust", "bash"]);
});

it("knows what is no language", () => {
  for (const lang of ["", "mermaid", "constructor", "__proto__", "output"]) expect(reader(lang)).toBeUndefined();
});
