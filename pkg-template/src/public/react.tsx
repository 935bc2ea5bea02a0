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
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { createPortal } from "react-dom";
import type { ChatBody } from "../internal/chatkit-body.js";
import { handleOf } from "../internal/handle.js";
import { hostStyle } from "../internal/host-style.js";
import { type Chat, Launcher } from "../internal/launcher.js";
import { rememberSuccess } from "../internal/load.js";
import { getInLine, type Place } from "../internal/only-one.js";
import { hostAttributes, type Markup, toggleMarkup } from "../internal/toggle.js";
import type { ChatKitEvents, ChatWidgetHandle, ChatWidgetOptions } from "./types.js";

export type * from "./types.js";

/** Props of {@link ChatWidget}: the widget's options, and how its host element looks. */
export interface ChatWidgetProps extends ChatWidgetOptions {
  /** Added to the host's own class. */
  className?: string;
  /** Styles of the host, for example the custom properties `--ckw-…`. */
  style?: CSSProperties;
  /** Replaces the toggle's icon, whether the panel is open or closed. The toggle's name for screen readers stays. */
  children?: ReactNode;
}

// Not React.lazy: it remembers a failure for the life of the page.
const importBody = rememberSuccess(() => import("../internal/chatkit-body.js"));

// Before the browser paints, so that no press falls between the toggle's coming and somebody's listening, and no second
// widget is ever seen. On a server there is neither, and React 18 complains about layout effects there.
const useBeforePaint = typeof document === "undefined" ? useEffect : useLayoutEffect;

/** React's names of the attributes of the markup. */
function reactName(attribute: string): string {
  if (attribute === "class") return "className";
  return attribute.replace(/^(stroke)-([a-z])/, (_, stroke: string, first: string) => stroke + first.toUpperCase());
}

function toReact([tag, attributes, ...children]: Markup, extra: object = {}, content?: ReactNode): ReactElement {
  const props = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [reactName(name), value]));
  return createElement(tag, { ...props, ...extra }, ...(content === undefined ? children.map((child) => toReact(child)) : [content]));
}

/** Whether there is something in place of the icon. */
function isContent(children: ReactNode): boolean {
  return children !== undefined && children !== null && typeof children !== "boolean";
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
 * A page has one widget: another one is not shown, with a warning on the console, until the first is unmounted.
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
  { className, style, children, ...options },
  ref,
) {
  const host = useRef<HTMLDivElement>(null);
  const placeholder = useRef<HTMLButtonElement>(null);
  /** This widget, while it is the page's. */
  const own = useRef<Launcher | null>(null);
  /** Its place in the line. */
  const place = useRef<Place<Launcher> | null>(null);
  const newest = useRef<ChatWidgetOptions>(options);
  /** The container's toggle stands in the placeholder's place. */
  const replaced = useRef(false);
  const [placeholderShown, showPlaceholder] = useState(true);
  /** Another widget is on the page. */
  const [waits, setWaits] = useState(false);
  const [mount, setMount] = useState(0);
  const [opened, setOpened] = useState<Opened | null>(null);
  /** Where the container's toggle takes the children. */
  const [slot, setSlot] = useState<Element | null>(null);
  const custom = isContent(children);
  const drawsToggle = useRef(custom);
  // The container writes these attributes later on; a value that never changes is one React leaves alone.
  const [attributes] = useState(() => hostAttributes(options));
  const ownStyle = hostStyle(options);
  const hasStyle = style !== undefined || waits || Object.keys(ownStyle).length > 0;
  const panelId = `ckw-panel-${useId().replace(/\W/g, "")}`;

  useEffect(() => {
    newest.current = options;
    drawsToggle.current = custom;
    own.current?.update();
  });

  // The container draws its toggle, and the place for the children in it, whenever it is ready to.
  useEffect(() => {
    const element = host.current;
    if (!custom || placeholderShown || element === null) return setSlot(null);
    const look = (): void => setSlot(element.querySelector(".ckw-toggle-content"));
    look();
    const observer = new MutationObserver(look);
    observer.observe(element.querySelector(".ckw-launcher") ?? element, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [custom, placeholderShown]);

  useBeforePaint(() => {
    if (replaced.current) {
      // Effects run a second time (Fast Refresh, a hidden tree shown again) and the placeholder of the first is gone.
      replaced.current = false;
      showPlaceholder(true);
      setMount((count) => count + 1);
      return undefined;
    }
    if (host.current === null || placeholder.current === null) return undefined;
    const view = { host: host.current, placeholder: placeholder.current };
    let ended = false;
    place.current = getInLine(() => {
      setWaits(false);
      own.current = new Launcher(
        {
          ...view,
          placeholderReplaced: () => {
            replaced.current = true;
            showPlaceholder(false);
          },
          drawsToggle: () => drawsToggle.current,
          loadChat: importBody,
          showChat: (chat) => {
            void importBody().then(({ ChatBody: Body }) => {
              if (!ended) setOpened({ Body, chat, host: view.host });
            });
          },
        },
        () => newest.current,
      );
      return own.current;
    });
    setWaits(place.current.waits());
    return () => {
      ended = true;
      own.current?.destroy();
      own.current = null;
      place.current?.leave();
      place.current = null;
      setOpened(null);
    };
  }, [mount]);

  useImperativeHandle(ref, () => handleOf(() => place.current?.widget()), []);

  const forward = useCallback(
    (name: keyof ChatKitEvents, detail: unknown) => own.current?.controller?.chatkitEvent(name, detail),
    [],
  );

  return (
    <Fragment>
      <div
        {...attributes}
        ref={host}
        className={className === undefined ? "ckw" : `ckw ${className}`}
        style={hasStyle ? { ...style, ...ownStyle, ...(waits && { display: "none" }) } : undefined}
      >
        {placeholderShown && toReact(toggleMarkup(panelId, options.labels), { ref: placeholder, key: mount }, custom ? children : undefined)}
      </div>
      {slot !== null && createPortal(children, slot)}
      {opened !== null &&
        createPortal(
          <opened.Body chat={opened.chat} host={opened.host} options={options} forward={forward} />,
          opened.chat.body,
        )}
    </Fragment>
  );
});
