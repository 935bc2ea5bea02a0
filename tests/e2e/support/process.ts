/** Servers of a test: started on a free port, waited for, ended for certain. */

import { spawn, type ChildProcess } from "node:child_process";
import { createServer } from "node:net";

/** A port nobody listens on right now. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}

/** A running server. */
export class Service {
  private output = "";

  private constructor(
    private readonly child: ChildProcess,
    private readonly ended: Promise<void>,
  ) {}

  /** Starts a command and waits until `ready` answers with a success. */
  static async start(
    command: string,
    args: string[],
    options: { cwd: string; env?: NodeJS.ProcessEnv; ready: string },
  ): Promise<Service> {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    const service = new Service(child, ended);
    child.stdout?.on("data", (data: Buffer) => (service.output += data.toString()));
    child.stderr?.on("data", (data: Buffer) => (service.output += data.toString()));
    let gone: Error | undefined;
    child.once("error", (error) => (gone = error));
    const deadline = Date.now() + 60_000;
    while (Date.now() < deadline) {
      if (gone || child.exitCode !== null) break;
      const up = await fetch(options.ready).then(
        (answer) => answer.ok,
        () => false,
      );
      if (up) return service;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    child.kill("SIGKILL");
    throw new Error(`${command} ${args.join(" ")} did not start: ${gone?.message ?? ""}\n${service.output}`);
  }

  /** Ends it and waits until it is gone. */
  async stop(): Promise<void> {
    this.child.kill("SIGTERM");
    const killer = setTimeout(() => this.child.kill("SIGKILL"), 5_000);
    await this.ended;
    clearTimeout(killer);
  }
}
