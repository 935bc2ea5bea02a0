/** A slow computer on a slow network, and what the browser did meanwhile. */

import type { Browser, Page } from "@playwright/test";

/** Four times slower than this machine, on "Fast 3G" as Chromium's tools have it. */
export async function slowDown(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await cdp.send("Network.enable");
  await cdp.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 562.5,
    downloadThroughput: (1.6 * 1024 * 1024 * 0.9) / 8,
    uploadThroughput: (750 * 1024 * 0.9) / 8,
  });
}

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  tdur?: number;
  args?: { data?: { url?: string }; elementCount?: number };
}

/** What the browser says it did while `story` goes on. */
async function traced(browser: Browser, page: Page, categories: string[], story: () => Promise<void>): Promise<TraceEvent[]> {
  await browser.startTracing(page, { categories });
  await story();
  return (JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }).traceEvents;
}

/** What a trace calls the running of a script; asking for it and parsing the page that names it are the page's. */
const RUNNING = ["EvaluateScript", "FunctionCall", "v8.compile", "v8.compileModule", "v8.evaluateModule"];

/** Milliseconds of a task that are long: a reader's press has to wait behind it. */
const LONG = 50;

/**
 * The long tasks that run scripts of `ours` while `story` goes on, in words. Processor time counts: a machine that is
 * busy with something else makes no task longer.
 */
export async function longTasks(browser: Browser, page: Page, ours: RegExp, story: () => Promise<void>): Promise<string[]> {
  const traceEvents = await traced(browser, page, ["toplevel", "devtools.timeline", "v8"], story);
  const scripts = traceEvents.filter(({ name, args }) => RUNNING.includes(name) && ours.test(args?.data?.url ?? ""));
  if (scripts.length === 0) throw new Error(`the trace has no script of ${ours}: nothing was measured`);
  const tasks = traceEvents.filter(({ name, tdur }) => name.endsWith("RunTask") && (tdur ?? 0) > LONG * 1000);
  return tasks
    .map((task) => {
      const inside = scripts.filter(
        ({ pid, tid, ts }) => pid === task.pid && tid === task.tid && ts >= task.ts && ts <= task.ts + (task.dur ?? 0),
      );
      return inside.map(({ name, args }) => `${name} ${args?.data?.url} in ${(task.tdur ?? 0) / 1000} ms`);
    })
    .flat();
}

/** Milliseconds of processor time of the page's longest task while `story` goes on. */
export async function longestTask(browser: Browser, page: Page, story: () => Promise<void>): Promise<number> {
  const traceEvents = await traced(browser, page, ["toplevel", "devtools.timeline"], story);
  // The browser's other threads and processes have tasks, too; the page's is the one that runs timers.
  const main = traceEvents.find(({ name }) => name === "TimerFire");
  if (main === undefined) throw new Error("the trace has no timer of the page: nothing was measured");
  const tasks = traceEvents.filter(({ name, pid, tid }) => name.endsWith("RunTask") && pid === main.pid && tid === main.tid);
  return Math.round(tasks.reduce((longest, { tdur }) => Math.max(longest, tdur ?? 0), 0) / 1000);
}

/** How often the browser asked which styles an element has, over all elements of the page, while `story` goes on. */
export async function styled(browser: Browser, page: Page, story: () => Promise<void>): Promise<number> {
  const updates = (await traced(browser, page, ["devtools.timeline"], story)).filter(({ name }) => name === "UpdateLayoutTree");
  if (updates.length === 0) throw new Error("the trace has no style of the page: nothing was measured");
  return updates.reduce((elements, { args }) => elements + (args?.elementCount ?? 0), 0);
}
