import { expect, test } from "vitest";
import { hostHtml, withoutHost } from "../../src/docusaurus/html.js";
import { pagePatterns } from "../../src/docusaurus/pages.js";
import { pagePrompts } from "../../src/docusaurus/prompts.js";
import { hasWidget, isRoute, type Route, siteRoute } from "../../src/docusaurus/site-page.js";

test("a page is the same page with and without slashes, endings and an encoded address", () => {
  const routes = ["/book/docs/intro", "/book/docs/intro/", "/book/docs/intro/index.html", "/book/docs/intro.html"];
  expect(routes.map((path) => siteRoute(path, "/book/"))).toEqual(Array(4).fill("docs/intro"));
  expect(["/book/", "/book"].map((path) => siteRoute(path, "/book/"))).toEqual(["", ""]);
  expect(siteRoute("/Caf%C3%A9", "/")).toBe("Café");
  expect(siteRoute("/%E0%A4%A", "/")).toBe("%E0%A4%A");
});

test("include and exclude choose pages by address", () => {
  const docs = pagePatterns({ include: ["/docs/**", "/"], exclude: "docs/secret" });
  const shown = ["docs/intro", "docs/a/b", "", "docs/secret", "blog/post"].map((route) => hasWidget(route, docs));
  expect(shown).toEqual([true, true, true, false, false]);
  expect(hasWidget("anything/at/all", pagePatterns({}))).toBe(true);
});

test("the toggle is found again in a page, minified or not, and nothing else goes with it", () => {
  const html = hostHtml({ labels: { openChat: 'Ask "us" <now>' }, accent: "teal", position: "top-start" });
  expect(html).toContain('aria-label="Ask &#34;us&#34; &#60;now&#62;"');
  expect(html).toContain('style="--ckw-accent:teal"');
  const page = (toggle: string) => `<body><div id=__docusaurus><p>text</p></div>${toggle}<script></script></body>`;
  expect(withoutHost(page(html))).toBe(page(""));
  expect(withoutHost(page(html.replace('id="chatkit-widget"', "id=chatkit-widget")))).toBe(page(""));
  expect(withoutHost(page(""))).toBe(page(""));
});

const docs = (...pages: object[]) => ({ "docusaurus-plugin-content-docs": { default: { loadedVersions: [{ docs: pages }] } } });
const route = (permalink: string) => siteRoute(permalink, "/book/");

test("a page's questions are found by its address, in docs, posts and pages", () => {
  const content = {
    ...docs({ permalink: "/book/servo", frontMatter: { chat_prompts: ["What is a servo?"] } }, { permalink: "/book/motor" }),
    "docusaurus-plugin-content-blog": {
      default: { blogPosts: [{ metadata: { permalink: "/book/blog/a/", frontMatter: { chat_prompts: [{ label: "A", prompt: "Why?", icon: "bolt" }] } } }] },
    },
    "docusaurus-plugin-content-pages": { default: [{ permalink: "/book/", frontMatter: { chat_prompts: [{ label: "Begin" }] } }] },
  };
  expect(pagePrompts(content, route)).toEqual({
    servo: [{ label: "What is a servo?", prompt: "What is a servo?" }],
    "blog/a": [{ label: "A", prompt: "Why?", icon: "bolt" }],
    "": [{ label: "Begin", prompt: "Begin" }],
  });
});

test("questions that cannot be used are named with their file", () => {
  const broken = docs(
    { permalink: "/book/a", source: "@site/docs/a.md", frontMatter: { chat_prompts: "What?" } },
    { permalink: "/book/b", source: "@site/docs/b.md", frontMatter: { chat_prompts: ["ok", { question: "?" }, ""] } },
  );
  expect(() => pagePrompts(broken, route)).toThrow(/@site\/docs\/a\.md: chat_prompts: must be a list of questions, not "What\?"/);
  expect(() => pagePrompts(broken, route)).toThrow(/@site\/docs\/b\.md: chat_prompts\[1\]: .*\n.*chat_prompts\[2\]: /);
});

test("links lead through the router to its own pages only: not to other languages, nor to files", () => {
  // As react-router does it for routes without parameters.
  const match = (pathname: string, { path, exact }: Route) =>
    pathname.replace(/\/$/, "") === path.replace(/\/$/, "") || (exact !== true && `${pathname}/`.startsWith(path));
  const routes: Route[] = [
    { path: "/book/blog", exact: true },
    { path: "/book/docs", routes: [{ path: "/book/docs", routes: [{ path: "/book/docs/Café/", exact: true }] }] },
    { path: "/book/", exact: true },
    { path: "*" },
  ];
  const paths = ["/book/", "/book", "/book/blog", "/book/docs/Caf%C3%A9/", "/book/docs/Caf%C3%A9"];
  expect(paths.filter((path) => !isRoute(path, routes, match))).toEqual([]);
  const others = ["/", "/book/ar/", "/book/ar/blog", "/book/docs", "/book/docs/nothing", "/book/files/plan.pdf", "/%E0%A4%A"];
  expect(others.filter((path) => isRoute(path, routes, match))).toEqual([]);
});
