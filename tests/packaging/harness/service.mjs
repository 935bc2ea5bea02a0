/** Servers that others wrote: started on a free port, waited for, ended for certain. */
import { spawn } from "node:child_process";
import { createServer } from "node:net";

const POLL = 50;
const PATIENCE = 60_000;
const GRACE = 5_000;

/** A port nobody listens on right now. */
export async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/**
 * Starts a command and waits until the address `ready` answers with a success.
 * @returns `stop`, which resolves when the process is gone, and `output`, what it has printed
 */
export async function start(command, args, { cwd, env, ready }) {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let failure;
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += data));
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.once("error", (error) => (failure = error));
  // A check that fails on the way must not leave its servers behind.
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  const stop = async () => {
    child.kill("SIGTERM");
    const killer = setTimeout(end, GRACE);
    await ended;
    clearTimeout(killer);
    process.off("exit", end);
  };
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline; ) {
    if (failure !== undefined || child.exitCode !== null) break;
    if (await fetch(ready).then(({ ok }) => ok, () => false)) return { stop, output: () => output };
    await new Promise((resolve) => setTimeout(resolve, POLL));
  }
  end();
  throw new Error(`${command} ${args.join(" ")} did not start: ${failure?.message ?? ""}\n${output}`);
}
