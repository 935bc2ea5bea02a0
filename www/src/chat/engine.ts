/**
 * The engine the demo uses. A page can define the tag `<openai-chatkit>` only once, so another engine takes a
 * reload; the choice is kept for the tab. `?engine=auto` in the address chooses as well.
 */
export const ENGINES = ["selfhosted", "auto", "openai"] as const;
export type Engine = (typeof ENGINES)[number];

export const ENGINE_NOTES: Record<Engine, string> = {
  selfhosted: "Everything comes from this site.",
  auto: "OpenAI’s script, or ours if it does not load.",
  openai: "OpenAI’s script from its own servers.",
};

const KEY = "demo-engine";

function isEngine(value: string | null): value is Engine {
  return ENGINES.some((engine) => engine === value);
}

function read(): Engine {
  const asked = new URLSearchParams(location.search).get("engine");
  try {
    if (isEngine(asked)) sessionStorage.setItem(KEY, asked);
    const kept = sessionStorage.getItem(KEY);
    if (isEngine(kept)) return kept;
  } catch {
    // Without storage the address alone decides.
  }
  return isEngine(asked) ? asked : "selfhosted";
}

/** The engine of this page load. */
export const engine: Engine = read();

/** Reloads the page with another engine. */
export function chooseEngine(next: Engine) {
  const url = new URL(location.href);
  url.searchParams.set("engine", next);
  location.assign(url);
}
