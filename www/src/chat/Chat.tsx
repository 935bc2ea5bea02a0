import { use, useCallback, type Ref } from "react";
import { useNavigate } from "react-router";
import { ChatWidget, type ChatWidgetHandle } from "chatkit-widget/react";
import "chatkit-widget/styles.css";
import { pageOf } from "../site/links.ts";
import { demoConfig } from "./config.ts";
import { engine } from "./engine.ts";
import { recordEvent } from "./events.ts";

const PROMPTS = [
  { label: "What is a servo?", icon: "bolt" },
  { label: "How is a servo controlled?", icon: "settings-slider" },
  { label: "How do I tune a PID controller?", icon: "chart" },
  { label: "How long will the battery last?", icon: "clock" },
] as const;

/**
 * The widget, used as any site would. Its look is the page's: styles/tokens.css names the colours, and what they are in
 * either scheme the widget finds out by itself. Suspends until the address of its server is known.
 */
export function Chat({ ref }: { ref: Ref<ChatWidgetHandle> }) {
  const { backendUrl, domainKey } = use(demoConfig());
  const navigate = useNavigate();
  /** A citation changes the page under the open chat. */
  const walk = useCallback(
    (url: URL) => {
      const to = pageOf(url);
      if (to === undefined) return false;
      recordEvent("navigate", { to });
      return navigate(to);
    },
    [navigate],
  );
  return (
    <ChatWidget
      ref={ref}
      // Without a server of its own: the page's, which says on asking that there is none.
      backendUrl={backendUrl ?? location.origin}
      engine={engine}
      domainKey={domainKey}
      title="Ask the book"
      navigate={walk}
      pageContext
      chatkit={{
        startScreen: {
          greeting: "What would you like to know about robots?",
          prompts: PROMPTS.map(({ label, icon }) => ({ label, prompt: label, icon })),
        },
        composer: { placeholder: "Ask about robots" },
        threadItemActions: { retry: true },
        disclaimer: { text: "Answers come from this book." },
      }}
      onOpenChange={(open) => recordEvent("open.change", { open })}
      onError={(problem) => recordEvent("problem", problem)}
      onEvent={recordEvent}
    />
  );
}
