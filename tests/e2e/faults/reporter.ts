/** Prints the table and the figures at the end, keeps them in `target/faults`, and fails a run with anything bad in it. */

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import type { FullResult, Reporter, TestCase, TestResult } from "@playwright/test/reporter";

import { given } from "./arguments.ts";
import { totals } from "./judge.ts";
import { type Conversed, type Played, summary, table, told } from "./table.ts";

const FOLDER = resolve(dirname(fileURLToPath(import.meta.url)), "../../../target/faults");

export default class Faults implements Reporter {
  private readonly asked = given();
  private readonly played: Played[] = [];
  private readonly conversed: Conversed[] = [];
  /** Tests without a verdict: the unit tests, and cells in which the harness itself failed. */
  private passed = 0;
  private failed = 0;

  onTestEnd(test: TestCase, result: TestResult): void {
    const seconds = `${Math.round(result.duration / 1000)} s`;
    const verdict = result.annotations.find(({ type }) => type === "verdict")?.description;
    if (result.status !== "passed" || verdict === undefined) {
      const well = result.status === "passed";
      if (well) this.passed += 1;
      else this.failed += 1;
      if (!well) console.log(`${test.title}: ${result.errors.map(({ message }) => message ?? "").join("\n")}`);
      return;
    }
    const what = JSON.parse(verdict) as Played | Conversed;
    if ("cell" in what) {
      this.played.push(what);
      console.log(`${test.title}: ${what.cell.text} (${seconds})`);
    } else {
      this.conversed.push(what);
      console.log(`${told(what)} (${seconds})`);
    }
  }

  async onEnd(): Promise<{ status?: FullResult["status"] }> {
    const { asked, played, conversed } = this;
    const bad = [...played.map(({ cell }) => cell.bad), ...conversed.map(({ cells }) => cells.some((cell) => cell.bad))];
    const failed = this.failed + bad.filter(Boolean).length;
    const passed = this.passed + bad.filter((one) => !one).length;
    const figures = totals([...played.map(({ outcome }) => outcome), ...conversed.flatMap(({ outcomes }) => outcomes)]);
    const written = table(asked, played);
    mkdirSync(FOLDER, { recursive: true });
    const server = asked.idempotent ? "keyed" : "plain";
    writeFileSync(join(FOLDER, `${server}.md`), `${written}\n`);
    const report = { arguments: asked, passed, failed, totals: figures, cells: played, runs: conversed };
    writeFileSync(join(FOLDER, `${server}.json`), `${JSON.stringify(report, null, 1)}\n`);
    if (played.length > 0) console.log(`\n${written}`);
    console.log(`\n${summary(figures)}\n${passed} passed, ${failed} failed`);
    return failed > 0 ? { status: "failed" } : {};
  }

  printsToStdio(): boolean {
    return true;
  }
}
