import { use, useMemo, type Ref } from "react";
import { ChatWidget, type ChatWidgetHandle } from "chatkit-widget/react";
import "chatkit-widget/styles.css";
import { siteColours, useScheme } from "../site/scheme.ts";
import { demoConfig } from "./config.ts";
import { engine } from "./engine.ts";
import { recordEvent } from "./events.ts";

const PROMPTS = [
  { label: "What is a servo?", icon: "bolt" },
  { label: "How is a servo controlled?", icon: "settings-slider" },
  { label: "How do I tune a PID controller?", icon: "chart" },
  { label: "How long will the battery last?", icon: "lucide:battery-medium" },
] as const;

/** The widget, used as any site would. Suspends until the address of its server is known. */
export function Chat({ ref }: { ref: Ref<ChatWidgetHandle> }) {
  const { backendUrl, domainKey } = use(demoConfig());
  const scheme = useScheme();
  // The panel's own colours are set in styles/tokens.css; ChatKit inside it takes values, not custom properties.
  const colours = useMemo(() => siteColours(scheme), [scheme]);
  return (
    <ChatWidget
      ref={ref}
      backendUrl={backendUrl}
      engine={engine}
      domainKey={domainKey}
      title="Ask the book"
      colorScheme={scheme}
      accent={colours.accent}
      chatkit={{
        theme: { colorScheme: scheme, color: { surface: colours.surface } },
        startScreen: {
          greeting: "What would you like to know about robots?",
          prompts: PROMPTS.map(({ label, icon }) => ({ label, prompt: label, icon })),
        },
        composer: { placeholder: "Ask about robots" },
        threadItemActions: { retry: true },
        disclaimer: { text: "Answers come from this book. Check the page they cite." },
      }}
      onOpenChange={(open) => recordEvent("open.change", { open })}
      onError={(problem) => recordEvent("problem", problem)}
      onEvent={recordEvent}
    />
  );
}
