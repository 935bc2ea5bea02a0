/** Calls of ChatKit's methods by the site's code. They wait until ChatKit is ready, in the order in which they came. */
import type { OpenAIChatKit } from "../public/types.js";

interface Waiting {
  call(chatkit: OpenAIChatKit): Promise<void>;
  resolve(): void;
  reject(error: unknown): void;
}

/** The calls of one widget. */
export class ChatKitCalls {
  #chatkit: OpenAIChatKit | undefined;
  #waiting: Waiting[] = [];

  /** Calls a method now or when ChatKit is ready. */
  call(call: (chatkit: OpenAIChatKit) => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ call, resolve, reject });
      this.#flush();
    });
  }

  /** ChatKit is ready. */
  ready(chatkit: OpenAIChatKit): void {
    this.#chatkit = chatkit;
    this.#flush();
  }

  /** Nothing will be called any more. */
  end(why: Error): void {
    for (const { reject } of this.#waiting.splice(0)) reject(why);
  }

  #flush(): void {
    const chatkit = this.#chatkit;
    if (chatkit === undefined) return;
    for (const { call, resolve, reject } of this.#waiting.splice(0)) {
      try {
        call(chatkit).then(resolve, reject);
      } catch (error) {
        reject(error);
      }
    }
  }
}
