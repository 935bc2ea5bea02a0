/** A browser behind the WebDriver of its own makers. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Builder, Capabilities, type WebDriver } from "selenium-webdriver";

import { freePort, Service } from "../support/process.ts";

export type BrowserName = "firefox" | "webkit";

/** How its driver is started on a port. */
function driver(name: BrowserName, port: number): { program: string; args: string[] } {
  const variable = name === "firefox" ? "GECKODRIVER" : "WEBKITDRIVER";
  const program = process.env[variable];
  if (!program) throw new Error(`${variable} is not set: run this suite with \`cargo xtask test browsers\``);
  return { program, args: name === "firefox" ? ["--port", `${port}`] : [`--port=${port}`] };
}

function capabilities(name: BrowserName): Capabilities {
  switch (name) {
    case "firefox":
      return new Capabilities({
        browserName: "firefox",
        "moz:firefoxOptions": {
          binary: process.env.FIREFOX,
          args: ["-headless", "-width", "1280", "-height", "800"],
        },
      });
    case "webkit":
      // WebKitGTK's driver starts its own small browser; it has no headless mode, so it needs a display.
      return new Capabilities({ browserName: "MiniBrowser" });
  }
}

/** Starts driver and browser; the returned function ends both. */
export async function startBrowser(name: BrowserName): Promise<{ browser: WebDriver; stop: () => Promise<void> }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const home = mkdtempSync(join(tmpdir(), "chatkit-widget-browser-"));
  const { program, args } = driver(name, port);
  const service = await Service.start(program, args, { cwd: home, env: { HOME: home }, ready: `${url}/status` });
  const endService = async () => {
    await service.stop();
    rmSync(home, { recursive: true, force: true });
  };
  try {
    const browser = await new Builder().usingServer(url).withCapabilities(capabilities(name)).build();
    const stop = async () => {
      await browser.quit().catch(() => undefined);
      await endService();
    };
    return { browser, stop };
  } catch (error) {
    await endService();
    throw error;
  }
}
