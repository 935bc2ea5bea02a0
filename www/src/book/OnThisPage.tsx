import { useEffect, useState } from "react";
import { Link } from "react-router";
import type { BookSection } from "./page.ts";

/** The sections of the page beside the text; the one being read is marked. Only shown where there is room. */
export function OnThisPage({ sections }: { sections: BookSection[] }) {
  const current = useSectionInView(sections);
  return (
    <nav className="sections" aria-label="On this page">
      <p className="contents-title">On this page</p>
      <ul>
        {sections.map(({ id, title }) => (
          <li key={id}>
            <Link to={`#${id}`} aria-current={id === current ? "location" : undefined}>
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The last section whose heading has passed the upper third of the window. */
function useSectionInView(sections: BookSection[]): string | undefined {
  const [current, setCurrent] = useState<string>();
  useEffect(() => {
    let frame = 0;
    const look = () => {
      frame = 0;
      const line = innerHeight / 3;
      const passed = sections.filter(({ id }) => {
        const heading = document.getElementById(id);
        return heading !== null && heading.getBoundingClientRect().top <= line;
      });
      setCurrent(passed.at(-1)?.id);
    };
    const onScroll = () => {
      frame ||= requestAnimationFrame(look);
    };
    look();
    addEventListener("scroll", onScroll, { passive: true });
    return () => {
      removeEventListener("scroll", onScroll);
      cancelAnimationFrame(frame);
    };
  }, [sections]);
  return current;
}
