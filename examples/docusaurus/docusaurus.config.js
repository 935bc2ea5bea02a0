// @ts-check
/** A textbook as it would be on GitHub Pages: below a path, in two languages, one of them from right to left. */

/** @type {import("@docusaurus/types").Config} */
export default {
  title: "Robots for beginners",
  tagline: "A short textbook with somebody to ask",
  url: "https://example.github.io",
  baseUrl: process.env.BASE_URL ?? "/robots/",
  favicon: "favicon.svg",
  onBrokenLinks: "throw",
  i18n: { defaultLocale: "en", locales: ["en", "ar"], localeConfigs: { ar: { direction: "rtl", label: "العربية" } } },
  // The classic preset without its search, which would want an account. With the preset it is the same entry in `plugins`.
  themes: [["@docusaurus/theme-classic", { customCss: "./src/css/book.css" }]],
  plugins: [
    ["@docusaurus/plugin-content-docs", { path: "../../www/book", routeBasePath: "book", sidebarPath: "./sidebars.js" }],
    "@docusaurus/plugin-content-pages",
    [
      "chatkit-widget/docusaurus",
      /** @satisfies {import("chatkit-widget/docusaurus").DocusaurusOptions} */ ({
        // Left out, this would be http://localhost:8000 while developing and the site's own origin once it is built.
        backendUrl: process.env.CHAT_URL ?? { production: "https://chat.example.com" },
        title: "Ask the book",
        shortcut: "Mod+K",
        pageContext: true,
        clientModule: "./src/chat.js",
        chatkit: {
          startScreen: {
            greeting: "What would you like to know?",
            prompts: [{ label: "Where do I begin?", prompt: "What is a robot?", icon: "book-open" }],
          },
          threadItemActions: { feedback: true, retry: true },
          disclaimer: { text: "Answers quote the book; check them against it." },
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
