/** The answers that are streamed: the same at every run. */

import { seeded } from "../../support/measure.ts";

/** What an answer is made of. */
export type Kind = "mixed" | "code" | "list" | "table";

const WORDS = (
  "the servo motor turns shaft to an angle and holds it there while a small board compares where it is with where it should be " +
  "gear current pulse signal width load torque battery driver sensor value loop error gain speed position control because " +
  "voltage ground pin between every second without noise when slowly reads writes measures corrects limits smooth exact"
).split(" ");

/** The last words, by which the bench knows that all of it was drawn. */
export const LAST_WORDS = "Here it ends.";

/** An answer of exactly that many characters. */
export function answer(kind: Kind, length: number): string {
  const random = seeded(length + kind.length);
  const upTo = (most: number): number => Math.floor(random() * most);
  const word = (): string => WORDS[upTo(WORDS.length)] ?? "servo";
  const words = (count: number): string => Array.from({ length: count }, word).join(" ");
  const sentence = (count: number): string => {
    const text = words(count);
    return text.charAt(0).toUpperCase() + text.slice(1);
  };
  const paragraph = (): string =>
    `${sentence(9)} **${words(2)}** ${words(8)}, *${words(3)}* ${words(6)}. ${sentence(7)} \`${word()}_${word()}()\` ${words(9)} ` +
    `[${words(3)}](https://example.org/book/${word()}#${word()}) ${words(5)}. ${sentence(14)} — ${words(6)}.`;
  const line = (): string => `    const ${word()}_${upTo(900)} = await ${word()}.${word()}("${words(2)}", ${upTo(1000)});`;
  const item = (): string => `- **${sentence(2)}**: ${words(9)} \`${word()}\` ${words(4)}`;
  const row = (): string => `| ${sentence(2)} | \`${word()}\` | ${upTo(1000)} | ${words(6)} |`;
  const several = (most: number, one: () => string): string => Array.from({ length: 3 + upTo(most) }, one).join("\n");
  const head = "| Part | Name | Value | What it does |\n|---|---|--:|---|\n";

  const section = (): string =>
    [
      `## ${sentence(4)}`,
      paragraph(),
      paragraph(),
      several(5, item),
      paragraph(),
      `\`\`\`ts\nexport async function ${word()}() {\n${several(8, line)}\n}\n\`\`\``,
      `### ${sentence(3)}`,
      paragraph(),
      head + several(5, row),
      several(4, () => `1. ${sentence(7)} **${word()}** ${words(5)}.`),
      `> ${sentence(12)}.`,
      paragraph(),
    ].join("\n\n") + "\n\n";

  const of: Record<Kind, { begin: string; next: () => string }> = {
    mixed: { begin: "", next: section },
    code: { begin: "```ts\n", next: () => `${line()}\n` },
    list: { begin: "", next: () => `${item()}\n` },
    table: { begin: head, next: () => `${row()}\n` },
  };
  const { begin, next } = of[kind];
  let text = begin;
  while (text.length < length) text += next();
  return `${text.slice(0, length - LAST_WORDS.length - 2)}\n ${LAST_WORDS}`;
}
