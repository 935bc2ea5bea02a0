/** `<openai-chatkit>` through OpenAI's own React binding. Loaded at the first opening. */
import { ChatKit, useChatKit } from "@openai/chatkit-react";
import { Component, type ReactNode, useLayoutEffect, useMemo, useRef, useSyncExternalStore } from "react";
import type { ChatKitEvents, ChatWidgetOptions, OpenAIChatKit } from "../public/types.js";
import { listen } from "./chatkit-events.js";
import { composeChatKitOptions } from "./chatkit-options.js";
import type { Chat } from "./launcher.js";
import { pageLanguage } from "./language.js";
import { followPageTheme } from "./page-theme.js";

/** What a reader is told where ChatKit itself broke. */
const STOPPED = "The chat stopped working. Reload the page to try again.";

interface GuardProps {
  onError(error: unknown): void;
  children: ReactNode;
}

/**
 * The binding calls `setOptions` in a layout effect: what an engine throws there would take the site's whole React tree
 * down with it.
 */
class Guard extends Component<GuardProps, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(error: unknown): void {
    this.props.onError(error);
  }

  override render(): ReactNode {
    return this.state.failed ? <p role="alert" className="ckw-chat-stopped">{STOPPED}</p> : this.props.children;
  }
}

/** Props of {@link ChatBody}. */
export interface ChatBodyProps {
  chat: Chat;
  /** The widget's host, which shows the theme of the page. */
  host: HTMLElement;
  /** The widget's newest options. */
  options: ChatWidgetOptions;
  /** Gets every event of the element. */
  forward(name: keyof ChatKitEvents, detail: unknown): void;
}

function Bound({ chat, host, options, forward }: ChatBodyProps): ReactNode {
  const theme = useMemo(() => followPageTheme(host), [host]);
  const page = useSyncExternalStore(theme.watch, theme.current);
  const { control } = useChatKit(composeChatKitOptions(options, chat, page, pageLanguage(host)));
  const element = useRef<OpenAIChatKit>(null);
  // A layout effect runs before the element can have anything to say; the binding's own listeners come later.
  useLayoutEffect(() => (element.current === null ? undefined : listen(element.current, forward)), [forward]);
  return <ChatKit control={control} ref={element} />;
}

/** Draws the element, once, for as long as the widget is mounted. */
export function ChatBody(props: ChatBodyProps): ReactNode {
  return (
    <Guard onError={(error) => props.forward("chatkit.error", { error })}>
      <Bound {...props} />
    </Guard>
  );
}
