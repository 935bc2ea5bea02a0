/**
 * The page to try every feature of the self-hosted element on, through OpenAI's own React binding. `?bare` shows
 * nothing but the chat, with the options a test gives (`bare.tsx`).
 */
import { createRoot } from "react-dom/client";
import "chatkit-widget/element";
import { waitForOptions } from "./bare.tsx";
import { Playground } from "./Playground.tsx";
import "./features.css";

const element = document.getElementById("root");
if (element === null) throw new Error("features.html has no #root");
const root = createRoot(element);
if (new URLSearchParams(location.search).has("bare")) {
  document.documentElement.classList.add("bare");
  waitForOptions(root);
} else {
  root.render(<Playground />);
}
