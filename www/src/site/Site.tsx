import { Suspense, useCallback, useEffect, useRef } from "react";
import { type Location, Outlet, ScrollRestoration, useLocation, useNavigate } from "react-router";
import type { ChatWidgetHandle } from "chatkit-widget/react";
import { Chat } from "../chat/Chat.tsx";
import { DemoPanel } from "../chat/DemoPanel.tsx";
import { Contents } from "./Contents.tsx";
import { Header } from "./Header.tsx";
import { followLinks } from "./links.ts";
import { NoServer } from "./NoServer.tsx";

/** The frame of every page. The chat is part of it, so walking from page to page never unmounts it. */
export function Site() {
  const navigate = useNavigate();
  const chat = useRef<ChatWidgetHandle>(null);
  const openChat = useCallback(() => chat.current?.open(), []);
  useEffect(() => followLinks(navigate), [navigate]);
  useFocusOnArrival();
  return (
    <>
      <a className="skip" href="#main">
        Skip to the text
      </a>
      <Header />
      <Suspense>
        <NoServer />
      </Suspense>
      <div className="frame">
        <Contents />
        <main id="main" tabIndex={-1}>
          <Outlet context={openChat} />
        </main>
        <DemoPanel />
      </div>
      <ScrollRestoration getKey={scrollKey} />
      <Suspense>
        <Chat ref={chat} />
      </Suspense>
    </>
  );
}

/**
 * Under what a scroll position is remembered. Every full page load has the key "default", so without the address a
 * page typed into the address bar would open where the page before it had been scrolled to.
 */
function scrollKey({ key, pathname, hash }: Location): string {
  return key === "default" ? pathname + hash : key;
}

/**
 * After a client-side navigation the focus goes where the reader went: to the heading the address names, else to
 * the page's title. Otherwise it would stay on a link that is gone, and a screen reader would say nothing.
 */
function useFocusOnArrival() {
  const { pathname, hash, key } = useLocation();
  const arrived = useRef(key);
  useEffect(() => {
    if (arrived.current === key) return; // the first page: the browser's own business
    arrived.current = key;
    const target = document.getElementById(decodeHash(hash)) ?? document.querySelector("h1");
    if (target === null) return;
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }, [pathname, hash, key]);
}

function decodeHash(hash: string): string {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return hash.slice(1); // a stray % in a hand-written address
  }
}
