/**
 * A stored conversation of 2 000 items, on the page `features.html` against the scripted server: how soon its newest page
 * stands, and whether reading it all the way up and down again holds the page up.
 */

import { type Page, test } from "@playwright/test";

import { type Line, report, times } from "../support/measure.ts";
import { ScriptedServer, type Seed, startScripted } from "../support/scripted.ts";
import { longestTask } from "../support/slow.ts";

const TURNS = 1_000;
const OPENINGS = 20;
/** Pixels a frame: faster than anybody reads, as fast as a scroll bar is dragged. */
const [UP, DOWN] = [400, 2_000];

const LAST = `Answer ${TURNS}`;

const answer = (turn: number): string =>
  `**Answer ${turn}.** A *servo* holds a position that a pulse tells it, see [the page](https://example.com/servo).\n\n` +
  `1. Power, five volts\n2. Signal, one pulse every 20 ms\n\n` +
  (turn % 5 === 0 ? "```python\nfor angle in range(0, 180, 10):\n    servo.angle = angle\n```\n\n" : "") +
  (turn % 7 === 0 ? "| pulse | angle |\n|---|---|\n| 1 ms | 0° |\n| 2 ms | 180° |\n\n" : "") +
  `The longer the pulse, the further the horn turns; what it was told last is held until something else comes.\n`;

const long: Seed = {
  title: "A long one",
  items: Array.from({ length: TURNS }, (_, index) => [
    {
      type: "user_message",
      content: [{ type: "input_text", text: `Question ${index + 1}: how far does the horn turn?` }],
      inference_options: {},
    },
    { type: "assistant_message", content: [{ type: "output_text", text: answer(index + 1) }] },
  ]).flat(),
};

interface OnPage {
  features: { start(options: unknown): Promise<void>; kit: { setThreadId(id: string | null): Promise<void> } };
  tasks: number[];
}

/** What the functions in the page share; it is put there as text. */
function helpers() {
  const bench = window as unknown as OnPage & Record<string, unknown>;
  bench.tasks = [];
  new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => bench.tasks.push(duration))).observe({
    type: "longtask",
  });
  const frame = () => new Promise<number>((next) => requestAnimationFrame(next));
  const find = (selector: string) => document.querySelector("openai-chatkit")?.shadowRoot?.querySelector(selector);
  const rows = () => document.querySelector("openai-chatkit")?.shadowRoot?.querySelectorAll("[data-key]").length ?? 0;

  /** Milliseconds until the newest answer can be read. */
  bench.open = async (id: string, last: string): Promise<number> => {
    const began = performance.now();
    await bench.features.kit.setThreadId(id);
    for (;;) {
      const log = find(".ck-scroll")?.getBoundingClientRect();
      const newest = find(".ck-stretch:last-child > .ck-turn:last-child .ck-assistant");
      const at = newest?.getBoundingClientRect();
      if (log && at && newest?.textContent?.includes(last) && at.top < log.bottom && at.bottom > log.top) break;
      await frame();
    }
    await frame();
    return performance.now() - began;
  };

  /** Reads up to the first item, waiting where more has to come. */
  bench.up = async (by: number): Promise<void> => {
    const log = find(".ck-scroll") as HTMLElement;
    // The way up stands first, until there is nothing more.
    while (log.firstElementChild?.matches(".ck-older") || log.scrollTop > 0) {
      log.scrollTop -= by;
      await frame();
    }
  };

  /** The same, and gives how far a row jumped under the reader's eyes. Looking is work of its own, which the other saves. */
  bench.upWatching = async (items: number, by: number): Promise<number> => {
    const log = find(".ck-scroll") as HTMLElement;
    let jumped = 0;
    while (rows() < items || log.scrollTop > 0) {
      const before = rows();
      const edge = log.getBoundingClientRect();
      // By its place: asking every row where it is would make the browser lay out what rests.
      const shadow = log.getRootNode() as ShadowRoot;
      const middle = edge.left + edge.width / 2;
      const seen = [30, 90, 150].map((below) => shadow.elementFromPoint(middle, edge.top + below)?.closest<HTMLElement>("[data-key]")).find(Boolean);
      const was = seen?.getBoundingClientRect().top ?? 0;
      const top = log.scrollTop;
      log.scrollTop = Math.max(0, top - by);
      const moved = top - log.scrollTop;
      await frame();
      // While older ones come, the rows on screen have to stay where the reader's own scrolling put them.
      if (rows() > before && seen?.isConnected) {
        jumped = Math.max(jumped, Math.abs(seen.getBoundingClientRect().top - was - moved));
      }
    }
    return jumped;
  };

  bench.down = async (by: number): Promise<void> => {
    const log = find(".ck-scroll") as HTMLElement;
    while (log.scrollTop < log.scrollHeight - log.clientHeight - 1) {
      log.scrollTop += by;
      await frame();
    }
  };
}

/** Calls a helper; gives what it gave and the long tasks meanwhile. */
async function run<T>(page: Page, name: string, ...given: unknown[]): Promise<{ result: T; tasks: number[] }> {
  return page.evaluate(
    async ([name, given]) => {
      const bench = window as unknown as OnPage & Record<string, (...given: unknown[]) => Promise<T>>;
      bench.tasks.length = 0;
      const result = await bench[name as string]!(...(given as unknown[]));
      // Entries are told in a task of their own.
      await new Promise((next) => setTimeout(next, 200));
      return { result, tasks: [...bench.tasks] };
    },
    [name, given] as const,
  );
}

const tasks = (what: string, durations: number[]): Line => ({
  what,
  count: durations.length,
  result: durations.length === 0 ? "none over 50 ms" : `longest ${Math.round(Math.max(...durations))} ms`,
});

test("thread", async ({ browser }) => {
  const { scripted, stop } = await startScripted();
  const server = new ScriptedServer(scripted, "bench");
  const [id = ""] = await server.seed(long);
  const page = await browser.newPage({ baseURL: scripted.page, viewport: { width: 1280, height: 800 } });
  await page.goto("/features.html?bare");
  await page.waitForFunction(() => "features" in window);
  await page.evaluate(helpers);
  const url = `${server.url}/chatkit`;
  await page.evaluate(
    (url) => (window as unknown as OnPage).features.start({ api: { url, domainKey: "local-dev" } }),
    url,
  );

  const opened: number[] = [];
  const whileOpening: number[] = [];
  // The first is the server's own warming up.
  for (let opening = 0; opening <= OPENINGS; opening += 1) {
    const { result, tasks } = await run<number>(page, "open", id, LAST);
    if (opening > 0) {
      opened.push(result);
      whileOpening.push(...tasks);
    }
    if (opening < OPENINGS) await page.evaluate(() => (window as unknown as OnPage).features.kit.setThreadId(null));
  }
  const again = async () => {
    await page.evaluate(() => (window as unknown as OnPage).features.kit.setThreadId(null));
    await run<number>(page, "open", id, LAST);
  };
  const up = await run<void>(page, "up", UP);
  const down = await run<void>(page, "down", DOWN);
  await again();
  // By the clock a task is as long as a busy machine makes it. Tracing costs, so it is a run of its own.
  const worked = await longestTask(browser, page, async () => void (await run<void>(page, "up", UP)));
  await again();
  const { result: jump } = await run<number>(page, "upWatching", 2 * TURNS, UP);
  await stop();

  report([
    times(`newest page of ${2 * TURNS} items readable`, opened),
    tasks("long tasks while opening", whileOpening),
    tasks("long tasks while paging all the way up", up.tasks),
    { what: "the longest task of that in processor time, traced", count: 1, result: `${worked} ms` },
    { what: "a row's jump when older ones came above it", count: 1, result: `at most ${jump.toFixed(1)} px` },
    tasks("long tasks while scrolling all the way down", down.tasks),
  ]);
});
