/**
 * What the page learns at run time. Ports are found when the demo starts, long after the page was built, so whoever
 * serves it writes `demo-config.json` next to `index.html`.
 */
export interface DemoConfig {
  /** Where the ChatKit server is; `null` where there is none. */
  backendUrl: string | null;
  /** What OpenAI's own front end asks for; on localhost it takes any text. */
  domainKey: string;
  /** Where the scripted server of `features.html` is. */
  scriptedUrl: string;
}

const DEFAULTS: DemoConfig = {
  backendUrl: "http://localhost:8000",
  domainKey: "local-dev",
  scriptedUrl: "http://localhost:8100",
};

let loading: Promise<DemoConfig> | undefined;

/** The configuration; never rejects. The same promise each time, as React's `use` needs. */
export function demoConfig(): Promise<DemoConfig> {
  loading ??= load();
  return loading;
}

async function load(): Promise<DemoConfig> {
  try {
    const response = await fetch(`${import.meta.env.BASE_URL}demo-config.json`, { cache: "no-store" });
    // A server of single-page apps answers a missing file with index.html and 200.
    const json = response.headers.get("content-type")?.includes("json") ?? false;
    if (!response.ok || !json) return DEFAULTS;
    const found = (await response.json()) as Partial<Record<keyof DemoConfig, unknown>>;
    return {
      backendUrl:
        typeof found.backendUrl === "string" || found.backendUrl === null ? found.backendUrl : DEFAULTS.backendUrl,
      domainKey: typeof found.domainKey === "string" ? found.domainKey : DEFAULTS.domainKey,
      scriptedUrl: typeof found.scriptedUrl === "string" ? found.scriptedUrl : DEFAULTS.scriptedUrl,
    };
  } catch (error) {
    console.warn("demo-config.json could not be read; using", DEFAULTS.backendUrl, error);
    return DEFAULTS;
  }
}
