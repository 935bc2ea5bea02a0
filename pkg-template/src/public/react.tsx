"use client";
/**
 * The widget as a React component.
 *
 * @packageDocumentation
 */
import {
  createElement,
  type CSSProperties,
  forwardRef,
  Fragment,
  type ReactElement,
  useCallback,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from "react";
import { createPortal } from "react-dom";
import type { ChatBody } from "../internal/chatkit-body.js";
import { type Chat, WidgetController } from "../internal/controller.js";
import { hostStyle } from "../internal/host-style.js";
import { rememberSuccess } from "../internal/load.js";
import { hostAttributes, type Markup, toggleMarkup } from "../internal/toggle.js";
import type { ChatKitEvents, ChatWidgetHandle, ChatWidgetOptions } from "./types.js";

export type * from "./types.js";

/** Props of {@link ChatWidget}: the widget's options, and how its host element looks. */
export interface ChatWidgetProps extends ChatWidgetOptions {
  /** Added to the host's own class. */
  className?: string;
  /** Styles of the host, for example the custom properties `--ckw-…`. */
  style?: CSSProperties;
}

// Not React.lazy: it remembers a failure for the life of the page.
const importBody = rememberSuccess(() => import("../internal/chatkit-body.js"));

/** React's names of the attributes of the markup. */
function reactName(attribute: string): string {
  if (attribute === "class") return "className";
  return attribute.replace(/^(stroke)-([a-z])(.*)$/, (_, stroke: string, first: string, rest: string) => stroke + first.toUpperCase() + rest);
}

function toReact({ tag, attributes, children }: Markup, extra: object = {}): ReactElement {
  const props = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [reactName(name), value]));
  return createElement(tag, { ...props, ...extra }, ...children.map((child) => toReact(child)));
}

/** What is drawn into the panel's body after the first opening. */
interface Opened {
  Body: typeof ChatBody;
  chat: Chat;
  host: HTMLElement;
}

/**
 * A floating chat: a toggle in the corner of the window and, behind it, ChatKit through `@openai/chatkit-react`.
 * It draws its toggle on a server too; nothing more is loaded before a reader shows interest.
 *
 * Every prop may change while it is mounted. Functions may be new in each render: the newest one is called.
 *
 * @example
 * ```tsx
 * import { ChatWidget } from "chatkit-widget/react";
 * import "chatkit-widget/styles.css";
 *
 * <ChatWidget backendUrl={{ production: "https://chat.example.com" }} title="Ask the book" />
 * ```
 */
export const ChatWidget = forwardRef<ChatWidgetHandle, ChatWidgetProps>(function ChatWidget(
  { className, style, ...options },
  ref,
) {
  const host = useRef<HTMLDivElement>(null);
  const placeholder = useRef<HTMLButtonElement>(null);
  const controller = useRef<WidgetController | null>(null);
  const newest = useRef<ChatWidgetOptions>(options);
  /** The container's toggle stands in the placeholder's place. */
  const replaced = useRef(false);
  const [placeholderShown, showPlaceholder] = useState(true);
  const [mount, setMount] = useState(0);
  const [opened, setOpened] = useState<Opened | null>(null);
  // The container writes these attributes later on; a value that never changes is one React leaves alone.
  const [attributes] = useState(() => hostAttributes(options));
  const ownStyle = hostStyle(options);
  const hasStyle = style !== undefined || Object.keys(ownStyle).length > 0;
  const panelId = `ckw-panel-${useId().replace(/\W/g, "")}`;

  useEffect(() => {
    newest.current = options;
    controller.current?.update();
  });

  useEffect(() => {
    if (replaced.current) {
      // Effects run a second time (Fast Refresh, a hidden tree shown again) and the placeholder of the first is gone.
      replaced.current = false;
      showPlaceholder(true);
      setMount((count) => count + 1);
      return undefined;
    }
    if (host.current === null || placeholder.current === null) return undefined;
    const element = host.current;
    const mounted = new WidgetController(
      {
        host: element,
        placeholder: placeholder.current,
        placeholderReplaced: () => {
          replaced.current = true;
          showPlaceholder(false);
        },
        loadChat: importBody,
        showChat: (chat) => {
          void importBody().then(({ ChatBody: Body }) => {
            if (controller.current === mounted) setOpened({ Body, chat, host: element });
          });
        },
      },
      () => newest.current,
    );
    controller.current = mounted;
    return () => {
      controller.current = null;
      mounted.destroy();
      setOpened(null);
    };
  }, [mount]);

  useImperativeHandle(
    ref,
    () => ({
      open: () => controller.current?.open(),
      close: () => controller.current?.close(),
      toggle: () => controller.current?.toggle(),
      get element() {
        return controller.current?.element ?? null;
      },
    }),
    [],
  );

  const forward = useCallback(
    (name: keyof ChatKitEvents, detail: unknown) => controller.current?.chatkitEvent(name, detail),
    [],
  );

  return (
    <Fragment>
      <div
        {...attributes}
        ref={host}
        className={className === undefined ? "ckw" : `ckw ${className}`}
        style={hasStyle ? { ...style, ...ownStyle } : undefined}
      >
        {placeholderShown && toReact(toggleMarkup(panelId, options.labels), { ref: placeholder, key: mount })}
      </div>
      {opened !== null &&
        createPortal(
          <opened.Body chat={opened.chat} host={opened.host} options={options} forward={forward} />,
          opened.chat.body,
        )}
    </Fragment>
  );
});
