/**
 * What streaming an answer costs the page's main thread: ours, what others use, and a floor, in one run, on the same
 * bytes. Each in a page of its own, one after the other; medians of several rounds. Times are those in which the main
 * thread had the processor (CDP's threadTicks): by the clock, whatever else the machine does is counted as well. Tasks that
 * are too long are long by the clock, as they are for a reader.
 *
 * CKW_ROUNDS, CKW_CONTENDERS and CKW_CASES (names with ";" between them) narrow it down while working on it.
 */

import { type Browser, type CDPSession, expect, type Page, test } from "@playwright/test";

import { report, percentile } from "../support/measure.ts";
import { type Kind, LAST_WORDS } from "./stream/answers.ts";
import { cases, type Cost, contenders, verdicts } from "./stream/judge.ts";
import { serve } from "./stream/server.ts";

const ROUNDS = Number(process.env.CKW_ROUNDS ?? 3);
/** Milliseconds after which a contender is not waited for any longer; the longest answer takes 13 s to arrive. */
const LIMIT = 60_000;

declare global {
  interface Window {
    contender?: () => Promise<void>;
    longTasks: number[];
    wasm: WebAssembly.Memory[];
  }
}

/** Before anything of the page: what CDP does not count. */
function watch(): void {
  window.longTasks = [];
  new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
  // A heap of its own that the page's does not count.
  window.wasm = [];
  const { instantiateStreaming } = WebAssembly;
  WebAssembly.instantiateStreaming = async (...given) => {
    const made = await instantiateStreaming(...given);
    window.wasm.push(...Object.values(made.instance.exports).filter((part) => part instanceof WebAssembly.Memory));
    return made;
  };
}

type Metrics = Record<"TaskDuration" | "ScriptDuration" | "LayoutDuration" | "RecalcStyleDuration" | "JSHeapUsedSize", number>;

async function metrics(cdp: CDPSession): Promise<Metrics> {
  const { metrics } = await cdp.send("Performance.getMetrics");
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value])) as Metrics;
}

/** Everything between two frames is over. */
const quiet = (page: Page): Promise<void> => page.evaluate(() => new Promise<void>((resolve) => requestIdleCallback(() => setTimeout(resolve, 100))));

/** Whether the answer's last words can be read. */
function drawn(words: string): boolean {
  const text = (root: Element | ShadowRoot): string =>
    [...root.querySelectorAll("*")].reduce((all, { shadowRoot }) => all + (shadowRoot === null ? "" : text(shadowRoot)), root.textContent ?? "");
  return text(document.body).includes(words);
}

async function measure(browser: Browser, url: string, contender: string, kind: Kind, length: number): Promise<Cost | undefined> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.addInitScript(watch);
    await page.goto(`${url}/?contender=${contender}&kind=${kind}&length=${length}`);
    await page.waitForFunction(() => window.contender !== undefined);
    await quiet(page);
    const cdp = await context.newCDPSession(page);
    await cdp.send("Performance.enable", { timeDomain: "timeTicks" });
    const thread = await context.newCDPSession(page);
    await thread.send("Performance.enable", { timeDomain: "threadTicks" });
    await cdp.send("HeapProfiler.collectGarbage");
    const [before, threadBefore] = [await metrics(cdp), await metrics(thread)];
    const tasksBefore = await page.evaluate(() => window.longTasks.length);
    const inTime = await Promise.race([
      page.evaluate(() => window.contender?.()).then(() => true),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(false), LIMIT)),
    ]);
    if (!inTime) return undefined;
    await quiet(page);
    const [after, threadAfter] = [await metrics(cdp), await metrics(thread)];
    expect(await page.evaluate(drawn, LAST_WORDS), `${contender} drew the whole answer`).toBe(true);
    const longTasks = (await page.evaluate(() => window.longTasks)).slice(tasksBefore);
    await cdp.send("HeapProfiler.collectGarbage");
    const wasm = await page.evaluate(() => window.wasm.reduce((bytes, { buffer }) => bytes + buffer.byteLength, 0));
    const ms = (name: keyof Metrics): number => (threadAfter[name] - threadBefore[name]) * 1000;
    return {
      task: ms("TaskDuration"),
      elapsed: (after.TaskDuration - before.TaskDuration) * 1000,
      script: ms("ScriptDuration"),
      layout: ms("LayoutDuration") + ms("RecalcStyleDuration"),
      longTasks: longTasks.length,
      longest: Math.max(0, ...longTasks),
      heap: ((await metrics(cdp)).JSHeapUsedSize + wasm) / 1e6,
    };
  } finally {
    await context.close();
  }
}

/** Each number by itself: rounds differ by what else the machine had to do. */
function medians(costs: (Cost | undefined)[]): Cost | undefined {
  const whole = costs.filter((cost) => cost !== undefined);
  if (whole.length < costs.length) return undefined;
  const median = (name: keyof Cost): number => percentile(whole.map((cost) => cost[name]), 0.5);
  return {
    task: median("task"),
    elapsed: median("elapsed"),
    script: median("script"),
    layout: median("layout"),
    longTasks: median("longTasks"),
    longest: median("longest"),
    heap: median("heap"),
  };
}

const chosen = (names: string | undefined, name: string): boolean => names === undefined || names.split(";").includes(name);

test("stream", async ({ browser }) => {
  test.setTimeout(0);
  const { url, stop } = await serve();
  const measured = new Map<string, (Cost | undefined)[]>();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { name, kind, length } of cases.filter(({ name }) => chosen(process.env.CKW_CASES, name))) {
      for (const contender of contenders.filter((contender) => chosen(process.env.CKW_CONTENDERS, contender))) {
        const costs = measured.get(`${name}: ${contender}`) ?? [];
        costs.push(await measure(browser, url, contender, kind, length));
        measured.set(`${name}: ${contender}`, costs);
      }
    }
  }
  await stop();

  const table = new Map([...measured].map(([name, costs]) => [name, medians(costs)]));
  const line = (cost: Cost | undefined): string =>
    cost === undefined
      ? `more than ${LIMIT / 1000} s`
      : `task ${cost.task.toFixed(0).padStart(6)} ms (${cost.elapsed.toFixed(0)} by the clock), script ${cost.script.toFixed(0).padStart(6)} ms, style and layout ${cost.layout.toFixed(0).padStart(6)} ms, ` +
        `long tasks ${cost.longTasks.toFixed(0).padStart(4)}, longest ${cost.longest.toFixed(0).padStart(4)} ms, heap ${cost.heap.toFixed(1).padStart(5)} MB`;
  report([
    ...[...table].map(([what, cost]) => ({ what, count: ROUNDS, result: line(cost) })),
    ...verdicts(table).map(({ what, result }) => ({ what, count: ROUNDS, result })),
  ]);
});
