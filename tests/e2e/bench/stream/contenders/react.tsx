/** An answer as a React app draws it: its text is a state, set with each delta. React gathers what comes together. */
import { type ReactElement, useLayoutEffect, useState } from "react";
import { createRoot } from "react-dom/client";

import { answer, box, follow, frames, ready } from "./feed";

export function react(draw: (text: string) => ReactElement, gather = (append: (fresh: string) => void) => append): void {
  let append: ((fresh: string) => void) | undefined;
  function Answer(): ReactElement {
    const [text, setText] = useState("");
    append = (fresh) => setText((before) => before + fresh);
    useLayoutEffect(follow, [text]);
    return draw(text);
  }
  createRoot(box).render(<Answer />);
  ready(async () => {
    await answer(gather((fresh) => append?.(fresh)));
    await frames();
  });
}
