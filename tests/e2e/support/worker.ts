/**
 * What a worker starts once and all its stories share, each when the first story needs it. They are all in one place:
 * between two files whose tests have different fixtures of a worker, Playwright ends the worker with its browser and servers.
 */

import { test as base } from "@playwright/test";

import { startDemo, type Demo } from "./demo.ts";
import { startScripted, type Scripted } from "./scripted.ts";
import { Site } from "./site.ts";
import { StrictSite } from "./strict-site.ts";

interface Shared {
  /** The demo server and its page. */
  demo: Demo;
  /** The scripted server and the page of features. */
  scripted: Scripted;
  /** The package on a web server of its own, beside the pages a story writes. */
  packageSite: Site;
  /** The same for pages under a Content-Security-Policy. */
  strictSite: StrictSite;
}

export const test = base.extend<object, Shared>({
  demo: [
    async ({}, use) => {
      const { demo, stop } = await startDemo();
      await use(demo);
      await stop();
    },
    { scope: "worker" },
  ],
  scripted: [
    async ({}, use) => {
      const { scripted, stop } = await startScripted();
      await use(scripted);
      await stop();
    },
    { scope: "worker" },
  ],
  packageSite: [
    async ({}, use) => {
      const site = await Site.start();
      await use(site);
      await site.stop();
    },
    { scope: "worker" },
  ],
  strictSite: [
    async ({}, use) => {
      const site = await StrictSite.start();
      await use(site);
      await site.stop();
    },
    { scope: "worker" },
  ],
});
