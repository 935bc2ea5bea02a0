import { Suspense, useEffect, useRef } from "react";
import { Outlet, ScrollRestoration, useLocation, useNavigate } from "react-router";
import { Chat } from "../chat/Chat.tsx";
import { DemoPanel } from "../chat/DemoPanel.tsx";
import { Contents } from "./Contents.tsx";
import { Header } from "./Header.tsx";
import { followLinks } from "./links.ts";

/** The frame of every page. The chat is part of it, so walking from page to page never unmounts it. */
export function Site() {
  const navigate = useNavigate();
  useEffect(() => followLinks(navigate), [navigate]);
  useFocusOnArrival();
  return (
    <>
      <a className="skip" href="#main">
        Skip to the text
      </a>
      <Header />
      <div className="frame">
        <Contents />
        <main id="main" tabIndex={-1}>
          <Outlet />
        </main>
        <DemoPanel />
      </div>
      <ScrollRestoration />
      <Suspense>
        <Chat />
      </Suspense>
    </>
  );
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
