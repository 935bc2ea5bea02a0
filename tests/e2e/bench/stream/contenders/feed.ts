/** What every contender but ours needs: the answer as it comes, and a log that follows it. */

/** The frame's two ends: what was asked for is drawn when the second begins. */
export const frames = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));

/** Reads the answer from the server and hands on each delta as it comes. Resolves when all of it was handed on. */
export async function answer(take: (delta: string) => void): Promise<void> {
  const response = await fetch(`/chatkit${location.search}`, { method: "POST", body: "{}" });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    const events = (rest + value).split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) {
      const delta: string | undefined = JSON.parse(event.slice("data: ".length)).update?.delta;
      if (delta !== undefined) take(delta);
    }
  }
  await frames();
}

/** Gathers deltas and hands on, once a frame, what has come since the last. */
export function onceAFrame(draw: (fresh: string) => void): (delta: string) => void {
  let fresh = "";
  const flush = (): void => {
    const text = fresh;
    fresh = "";
    draw(text);
  };
  return (delta) => {
    if (fresh === "") requestAnimationFrame(flush);
    fresh += delta;
  };
}

/** Where the answer is drawn. */
export const box = document.getElementById("box")!;

/** Keeps the newest words in sight, as every chat does. */
export const follow = (): void => {
  box.scrollTop = box.scrollHeight;
};

/** Makes the contender known to the bench. */
export function ready(run: () => Promise<void>): void {
  (window as unknown as { contender: () => Promise<void> }).contender = run;
}
