import { mountChatWidget, type ChatKitEvents, type ChatWidgetHandle, type ChatWidgetOptions } from "chatkit-widget";
import "chatkit-widget/element";
import "chatkit-widget/styles.css";
import type { ScriptChatWidget } from "chatkit-widget/script";

const options: ChatWidgetOptions = {
  backendUrl: { production: "https://chat.example.org" },
  engine: "selfhosted",
  position: "top-left",
  offset: { x: 32, y: "2rem" },
  chatkit: {
    startScreen: { greeting: "What are you building?", prompts: [{ label: "Servos", prompt: "What is a servo?" }] },
    composer: { placeholder: "Ask" },
    onClientTool: ({ name, params }) => ({ name, known: Object.keys(params).length }),
    onThreadChange: ({ threadId }) => console.log(threadId?.toUpperCase()),
  },
  onError: ({ key, severity }) => console.log(key, severity === "fatal"),
  onEvent: (event) => console.log(event),
};

const chat = mountChatWidget(document.body, options);
const handle: ChatWidgetHandle = chat;
handle.sendMessage("What is a servo?");
chat.setOptions({ ...options, title: "Ask the book" });
chat.destroy();

// The tag is known to the DOM, with ChatKit's methods and events.
const element = document.createElement("openai-chatkit");
void element.setThreadId("t_1");
const told = ({ detail }: ChatKitEvents["chatkit.error"]): void => console.log(detail.error);
element.addEventListener("chatkit.error", told);

const own: ScriptChatWidget | undefined = window.chatkitWidget;
own?.open();

// @ts-expect-error An engine that does not exist.
const engine: ChatWidgetOptions = { engine: "openia" };
// @ts-expect-error The session is the widget's.
const api: ChatWidgetOptions = { chatkit: { api: { url: "/chatkit", domainKey: "x" } } };
// @ts-expect-error No such option.
const unknown: ChatWidgetOptions = { tittle: "Ask" };
console.log(engine, api, unknown);
