/** A site at the root of its host, without trailing slashes. `CHAT`: how the chat comes into it. */
import { plugins as readme } from "./readme.config.mjs";

/** The entry that the README shows, and what this site wants besides. */
const [[plugin, shown]] = readme;
const options = {
  ...shown,
  backendUrl: { production: process.env.CHAT_URL },
  exclude: "/book/safety",
  clientModule: "./src/chat",
};
const WAYS = {
  plugin: [[plugin, options]],
  // src/theme/Root.tsx has it.
  root: [],
  wrong: [
    [
      plugin,
      {
        ...options,
        tittle: "Ask the book",
        position: "left",
        backendUrl: { staging: "http://chat.example.org" },
        onError: () => undefined,
        chatkit: { onReady: () => undefined },
      },
    ],
  ],
  "no module": [[plugin, { ...options, clientModule: "./src/chatt.ts" }]],
};

export default {
  title: "Robots",
  url: "https://robots.example.org",
  baseUrl: "/",
  trailingSlash: false,
  favicon: "favicon.svg",
  onBrokenLinks: "throw",
  future: { v4: true, faster: true },
  themes: ["@docusaurus/theme-classic"],
  plugins: [
    ["@docusaurus/plugin-content-docs", { path: process.env.BOOK_DIR, routeBasePath: "book" }],
    ["@docusaurus/plugin-content-blog", { onInlineAuthors: "ignore", onUntruncatedBlogPosts: "ignore" }],
    "@docusaurus/plugin-content-pages",
    ...WAYS[process.env.CHAT],
  ],
  themeConfig: {
    navbar: {
      title: "Robots",
      items: [
        { to: "/book/servo", label: "Servos" },
        { to: "/book/safety", label: "Safety" },
        { to: "/blog/first", label: "News" },
      ],
    },
  },
};
