import { useEffect, useRef } from "react";
import { NavLink, useLocation } from "react-router";
import { pagePath, pages } from "../book/pages.ts";

/** The book's pages: a column beside the text, or, where there is no room for one, a menu above it. */
export function Contents() {
  const { pathname } = useLocation();
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (menu.current !== null) menu.current.open = false; // the reader has chosen
  }, [pathname]);
  return (
    <nav className="contents" aria-label="Pages of the book">
      <details ref={menu} className="contents-menu">
        <summary>Contents</summary>
        <PageList />
      </details>
      <div className="contents-column">
        <p className="contents-title">Contents</p>
        <PageList />
      </div>
    </nav>
  );
}

function PageList() {
  return (
    <ol>
      {pages.map((page) => (
        <li key={page.slug}>
          <NavLink to={pagePath(page)}>
            <span className="number" aria-hidden="true">
              {page.order}
            </span>
            {page.title}
          </NavLink>
        </li>
      ))}
    </ol>
  );
}
