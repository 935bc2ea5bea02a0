/** The faults, as data: what goes wrong with a request, how often, and how far the server got before it did. */

/** The server's part before anything goes wrong. */
export type Server =
  /** The request does not reach it. */
  | "nothing"
  /** It does all of it. */
  | "stored"
  /** It stores what the request brings; then its client goes away. */
  | "begun";

/** A place in the response. Frames are those of an event stream; a JSON response is cut by bytes. */
export type Place =
  /** The middle of the third word's frame; the middle of JSON. */
  | "frame"
  /** The first byte of a character of several. */
  | "utf8"
  /** The end of the echo of the reader's message; without one, of the first frame. */
  | "echo"
  /** The end of the third word's frame. */
  | "mid"
  /** The beginning of the last frame; of the last byte of JSON. */
  | "last";

/** The end of a response that was cut. */
export type End = "reset" | "fin" | "stall" | "offline" | "restart";

/** An answer in place of the server's. */
export interface Instead {
  status: number;
  type?: string;
  body?: string;
  headers?: Record<string, string>;
  /** True with the headers without which a browser hides it from the page. */
  cors?: boolean;
}

/** One way in which a request goes wrong. */
export type Does =
  | { kind: "reset"; headers?: boolean; reused?: boolean }
  | { kind: "late"; ms: number }
  | { kind: "stall" }
  | { kind: "instead"; answer: Instead }
  | { kind: "slow-head"; ms: number }
  | { kind: "bytes"; ms: number }
  | { kind: "twice" }
  | { kind: "cut"; place: Place; end: End }
  | { kind: "refused" }
  | { kind: "restart"; ms: number }
  | { kind: "offline"; ms: number }
  | { kind: "clock"; ms: number };

/** A row of the table. */
export interface Fault {
  /** Its name in the table. */
  name: string;
  /** Number of requests that it hits; `Infinity`: until it is healed. */
  times: number;
  server: Server;
  does: Does;
  /** True for what happens to streams alone. */
  streams?: boolean;
}

/** Milliseconds after which a late request arrives. */
export const LATE = 4_000;
/** Milliseconds of a restart: longer than three attempts. */
export const RESTART = 8_000;
/** Milliseconds without a network. */
const OFFLINE = 2_500;

/** Stands for the time two seconds from now, as HTTP writes it. */
export const IN_A_MOMENT = "{in a moment}";

const HTML = "<!doctype html><title>Bad Gateway</title><h1>502 Bad Gateway</h1><hr>nginx";
const DETAIL = JSON.stringify({ detail: "no" });

const status = (code: number, more: Partial<Instead> = {}): Does => ({
  kind: "instead",
  answer: { status: code, type: "application/json", body: DETAIL, cors: true, ...more },
});
const after = (value: string): Does => status(429, { headers: { "retry-after": value } });
const page = (code: number): Does => status(code, { type: "text/html", body: HTML });
const cut = (place: Place, end: End): Does => ({ kind: "cut", place, end });

const row = (name: string, does: Does, more: Partial<Fault> = {}): Fault => ({ name, times: 1, server: "nothing", does, ...more });
const STORED = { server: "stored" } as const;
const BEGUN = { server: "begun", streams: true } as const;
const HEALED = { times: Infinity } as const;
const STREAMS = { streams: true } as const;

const noCors = status(500, { cors: false });
const json = status(200, { body: JSON.stringify({ status: "ok" }) });
const empty = status(200, { body: "" });

/** The rows, in the order of the table. */
export const FAULTS: readonly Fault[] = [
  row("refused", { kind: "refused" }, HEALED),
  row("reset", { kind: "reset" }),
  row("hdr_reset", { kind: "reset", headers: true }),
  row("late", { kind: "late", ms: LATE }),
  row("reset+stored", { kind: "reset" }, STORED),
  row("hdr_reset+stored", { kind: "reset", headers: true }, STORED),
  row("cut_frame", cut("frame", "reset")),
  row("cut_frame_fin", cut("frame", "fin")),
  row("cut_predone_fin", cut("last", "fin")),
  row("401", status(401)),
  row("401*", status(401), HEALED),
  row("429:one", after("1")),
  row("403*", status(403), HEALED),
  row("429:huge", after("86400")),
  row("429:date", after(IN_A_MOMENT)),
  row("429", status(429)),
  row("429:garbage", after("soon")),
  row("400", status(400)),
  row("404", status(404)),
  row("409", status(409)),
  row("500", status(500)),
  row("413", status(413)),
  row("500+stored", status(500), STORED),
  row("500_nocors", noCors),
  row("500_nocors+stored", noCors, STORED),
  row("502_html", page(502)),
  row("502_html+stored", page(502), STORED),
  row("503", status(503)),
  row("503+stored", status(503), STORED),
  row("503*", status(503), HEALED),
  row("504+stored", page(504), STORED),
  row("200_html", page(200)),
  row("200_html+stored", page(200), STORED),
  row("200_json", json),
  row("200_empty", empty),
  row("200_json+stored", json, STORED),
  row("200_empty+stored", empty, STORED),
  row("200_garbage", status(200, { type: "text/event-stream", body: "\u0000\u0001\uFFFD garbage \n\n data : {]\n\n" })),
  row("204+stored", status(204, { body: "" }), STORED),
  row("loris_fast", { kind: "bytes", ms: 1 }),
  row("dup_frames", { kind: "twice" }),
  row("stall", { kind: "stall" }),
  row("stall+stored", { kind: "stall" }, STORED),
  row("loris", { kind: "bytes", ms: 700 }),
  row("slow_head", { kind: "slow-head", ms: 12_000 }),
  row("offline", { kind: "offline", ms: OFFLINE }),
  row("clock_jump", { kind: "clock", ms: 3_600_000 }),
  row("restart", { kind: "restart", ms: RESTART }),
  row("reset+begun", { kind: "reset" }, BEGUN),
  row("cut_utf8", cut("utf8", "reset"), STREAMS),
  row("cut_echo", cut("echo", "reset"), STREAMS),
  row("cut_echo_fin", cut("echo", "fin"), STREAMS),
  row("cut_predone", cut("last", "reset"), STREAMS),
  row("504+begun", page(504), BEGUN),
  row("stall_echo", cut("echo", "stall"), STREAMS),
  row("stall_mid", cut("mid", "stall"), STREAMS),
  row("stall+begun", { kind: "stall" }, BEGUN),
  row("offline_mid", cut("mid", "offline"), STREAMS),
  row("restart_mid", cut("mid", "restart"), STREAMS),
  row("restart+begun", { kind: "restart", ms: RESTART }, BEGUN),
  // A browser repeats by itself what it sent on a connection that it had used before; only a key makes that harmless.
  row("reset_reused+stored", { kind: "reset", reused: true }, STORED),
];

/** Numbers of times that a fault happens in the full matrix. */
export const TIMES = [1, 3, Infinity] as const;

/** Returns the fault, happening that often. */
export function repeated(fault: Fault, times: number): Fault {
  const base = fault.name.replace(/\*$/, "");
  const suffix = times === Infinity ? "*" : times === 1 ? "" : `^${times}`;
  return { ...fault, name: base + suffix, times };
}

/** Returns every fault once, three times and until it is healed. */
export function everyTime(faults: readonly Fault[]): Fault[] {
  const all = faults.flatMap((fault) => (fault.does.kind === "refused" ? [fault] : TIMES.map((times) => repeated(fault, times))));
  return [...new Map(all.map((fault) => [fault.name, fault])).values()];
}

/** Returns whether anything helps against a fault: where a browser repeats a request by itself, only a server that knows its key. */
export function possible({ does }: Fault, keyed: boolean): boolean {
  return keyed || !(does.kind === "reset" && does.reused === true);
}

/** Returns the fault of this name; throws where there is none. */
export function named(name: string): Fault {
  const found = FAULTS.find((fault) => fault.name === name);
  if (found === undefined) throw new Error(`there is no fault "${name}"`);
  return found;
}
