/** The chat with every option on, the words that can be tried, and what the element told the page. */
import { use, useMemo, useReducer } from "react";
import { ChatKit, useChatKit } from "@openai/chatkit-react";
import { demoConfig } from "../chat/config.ts";
import { recording } from "./events.ts";
import { everything } from "./options.ts";
import { words, type Word } from "./words.ts";

interface Line {
  id: number;
  name: string;
  detail: string;
}

/** A page left open must not keep every event of a long answer. */
const KEPT = 200;

function append(lines: readonly Line[], [name, detail]: [string, unknown]): readonly Line[] {
  const text = detail === undefined || detail === null ? "" : detail instanceof Error ? detail.message : JSON.stringify(detail);
  return [{ id: (lines[0]?.id ?? 0) + 1, name, detail: text }, ...lines].slice(0, KEPT);
}

/** Suspends until the address of the scripted server and its words are known. */
export function Playground() {
  const { scriptedUrl } = use(demoConfig());
  const list = use(words(scriptedUrl));
  const [lines, tell] = useReducer(append, []);
  const options = useMemo(() => {
    const say = (name: string, detail?: unknown) => tell([name, detail]);
    return recording(everything(`${scriptedUrl}/t/features`, say), say);
  }, [scriptedUrl]);
  const kit = useChatKit(options);
  const send = (text: string) =>
    kit.sendUserMessage({ text }).catch((error: unknown) => tell(["sendUserMessage", error]));
  return (
    <div className="playground">
      <main className="playground-page">
        <h1>Every feature of the chat</h1>
        {list.length === 0 ? (
          <p>
            The scripted server does not answer at <code>{scriptedUrl}</code>. <code>cargo xtask demo</code> starts it.
          </p>
        ) : (
          <p>
            The first word of a message chooses what the server does. Press one, or type it with more behind it.
          </p>
        )}
        {[...themes(list)].map(([theme, words]) => (
          <section key={theme}>
            <h2>{theme}</h2>
            <ul className="words">
              {words.map(({ word, shows }) => (
                <li key={word}>
                  <button type="button" onClick={() => send(word)}>
                    {word}
                  </button>{" "}
                  {shows}
                </li>
              ))}
            </ul>
          </section>
        ))}
        <section>
          <h2>Events</h2>
          <ol className="told" role="log" aria-live="off" aria-label="What the chat told the page, newest first" tabIndex={0}>
            {lines.map(({ id, name, detail }) => (
              <li key={id}>
                <b>{name}</b> <code>{detail}</code>
              </li>
            ))}
          </ol>
        </section>
      </main>
      <ChatKit className="playground-chat" control={kit.control} />
    </div>
  );
}

function themes(list: readonly Word[]): Map<string, Word[]> {
  const found = new Map<string, Word[]>();
  for (const word of list) found.set(word.theme, [...(found.get(word.theme) ?? []), word]);
  return found;
}
