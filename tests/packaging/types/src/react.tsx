import { useRef } from "react";
import { ChatWidget, type ChatWidgetHandle, type ChatWidgetProps } from "chatkit-widget/react";

const props: ChatWidgetProps = { backendUrl: "https://chat.example.org", title: "Ask the docs", className: "chat" };

export function Layout() {
  const chat = useRef<ChatWidgetHandle>(null);
  return (
    <>
      <button onClick={() => void chat.current?.open()}>Ask</button>
      <ChatWidget {...props} ref={chat} onOpenChange={(open) => console.log(open)}>
        <svg aria-hidden="true" />
      </ChatWidget>
      {/* @ts-expect-error No such property. */}
      <ChatWidget backendURL="https://chat.example.org" />
    </>
  );
}
