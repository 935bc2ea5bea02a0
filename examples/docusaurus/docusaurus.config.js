// @ts-check
/** A textbook as it would be on GitHub Pages: below a path, in two languages, one of them from right to left. */

/** What the chat says of the book, in the language that is being built. Its own words it knows in both. */
const WORDS = {
  en: {
    title: "Ask the book",
    greeting: "What would you like to know?",
    begin: "Where do I begin?",
    disclaimer: "Answers quote the book; check them against it.",
  },
  ar: {
    title: "اسأل الكتاب",
    greeting: "ماذا تريد أن تعرف؟",
    begin: "من أين أبدأ؟",
    disclaimer: "الإجابات مقتبسة من الكتاب؛ راجعها فيه.",
  },
};
const words = process.env.DOCUSAURUS_CURRENT_LOCALE === "ar" ? WORDS.ar : WORDS.en;

/** @type {import("@docusaurus/types").Config} */
export default {
  title: "Robots for beginners",
  tagline: "A short textbook with somebody to ask",
  url: "https://example.github.io",
  baseUrl: process.env.BASE_URL ?? "/robots/",
  trailingSlash: true,
  favicon: "favicon.svg",
  onBrokenLinks: "throw",
  i18n: { defaultLocale: "en", locales: ["en", "ar"], localeConfigs: { ar: { direction: "rtl", label: "العربية" } } },
  // The classic preset without its search, which would want an account. With the preset it is the same entry in `plugins`.
  themes: [["@docusaurus/theme-classic", { customCss: "./src/css/book.css" }]],
  plugins: [
    ["@docusaurus/plugin-content-docs", { path: process.env.BOOK_DIR ?? "../../www/book", routeBasePath: "book", sidebarPath: "./sidebars.js" }],
    "@docusaurus/plugin-content-pages",
    [
      "chatkit-widget/docusaurus",
      /** @satisfies {import("chatkit-widget/docusaurus").DocusaurusOptions} */ ({
        // Left out, this would be http://localhost:8000 while developing and the site's own origin once it is built.
        backendUrl: process.env.CHAT_URL ?? { production: "https://chat.example.com" },
        title: words.title,
        shortcut: "Mod+K",
        pageContext: true,
        clientModule: "./src/chat.js",
        chatkit: {
          startScreen: {
            greeting: words.greeting,
            prompts: [{ label: words.begin, prompt: "What is a robot?", icon: "book-open" }],
          },
          threadItemActions: { feedback: true, retry: true },
          disclaimer: { text: words.disclaimer },
        },
      }),
    ],
  ],
  themeConfig: {
    navbar: {
      title: "Robots for beginners",
      items: [
        { to: "/book/what-is-a-robot", label: "Read", position: "left" },
        { type: "localeDropdown", position: "right" },
      ],
    },
    colorMode: { respectPrefersColorScheme: true },
  },
};
