/** The cells of the table and the random runs, each a test of its own. What they find is judged by the reporter. */

import { ScriptedServer } from "../support/scripted.ts";
import { test as base } from "../support/worker.ts";
import { given, rows } from "./arguments.ts";
import { applies, play } from "./cell.ts";
import { cell } from "./judge.ts";
import { Proxy } from "./proxy.ts";
import { converse, draw } from "./random.ts";
import { PAGE, Reader } from "./reader.ts";
import { KINDS } from "./requests.ts";
import { slice } from "./slice.ts";

const asked = given();

const test = base.extend<{ reader: Reader }, { between: Proxy }>({
  between: [
    async ({ scripted }, use) => {
      const proxy = await Proxy.start(scripted.server);
      await use(proxy);
      await proxy.stop();
    },
    { scope: "worker" },
  ],
  reader: async ({ page, context, between: proxy, scripted, strictSite }, use, info) => {
    const tenant = `faults-${info.testId}`;
    strictSite.page("/", "script-src * 'unsafe-inline' 'wasm-unsafe-eval'", PAGE, `<link rel="stylesheet" href="/chatkit-widget/styles.css">`);
    await proxy.clear();
    proxy.browser = {
      offline: async (ms) => {
        await context.setOffline(true);
        // The page may be gone by then.
        setTimeout(() => void context.setOffline(false).catch(() => undefined), ms);
      },
      clock: (ms) => page.clock.fastForward(ms),
    };
    const server = new ScriptedServer(scripted, tenant);
    if (asked.idempotent) await server.idempotent();
    await use(new Reader({ page, site: strictSite.url, proxy, server, tenant, keyed: asked.idempotent, timeouts: asked.timeouts }));
  },
});

const cells =
  asked.mode === "slice"
    ? slice(asked.idempotent)
    : asked.mode === "matrix"
      ? rows(asked).flatMap((fault) => KINDS.map((kind) => ({ fault, kind })))
      : [];
const columns = asked.columns.length === 0 ? KINDS.map(({ name }) => name) : asked.columns;

for (const { fault, kind } of cells.filter(({ fault, kind }) => applies(fault, kind) && columns.includes(kind.name))) {
  test(`${fault.name} × ${kind.name}`, async ({ reader }, info) => {
    const outcome = await play(fault, kind, reader);
    const verdict = { fault: fault.name, kind: kind.name, cell: cell(outcome, kind.refusable), outcome };
    info.annotations.push({ type: "verdict", description: JSON.stringify(verdict) });
  });
}

const runs = asked.mode === "slice" ? 4 : asked.runs;

for (let at = 0; at < runs; at += 1) {
  const run = draw(asked.seed + at, asked.idempotent);
  test(`seed ${run.seed}`, async ({ reader }, info) => {
    const outcomes = await converse(run, reader);
    const faults = run.faults.map(({ fault, at, hits }) => `${fault.name} of ${hits} ${at}`);
    const verdict = { seed: run.seed, faults, outcomes, cells: outcomes.map((outcome) => cell(outcome)) };
    info.annotations.push({ type: "verdict", description: JSON.stringify(verdict) });
  });
}
