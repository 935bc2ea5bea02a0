import { memo } from "react";
import { Link, useParams } from "react-router";
import { NotFound } from "../site/NotFound.tsx";
import { OnThisPage } from "./OnThisPage.tsx";
import type { BookPage } from "./page.ts";
import { findPage, pagePath } from "./pages.ts";
import { trustedHtml } from "./trusted.ts";

export function Page() {
  const { slug } = useParams();
  const found = findPage(slug);
  if (found === undefined) return <NotFound />;
  const { page, previous, next } = found;
  return (
    <div className="page" key={page.slug}>
      <title>{`${page.title} · Robotics, step by step`}</title>
      <meta name="description" content={page.summary} />
      <article>
        <header className="page-header">
          <p className="kicker">
            Chapter {page.order} · {page.minutes} min
          </p>
          <h1>{page.title}</h1>
          <p className="lead">{page.summary}</p>
        </header>
        <Prose html={page.html} />
        <nav className="turn" aria-label="Previous and next page">
          {previous && <Turn page={previous} rel="prev" label="Previous" />}
          {next && <Turn page={next} rel="next" label="Next" />}
        </nav>
      </article>
      <OnThisPage sections={page.sections} />
    </div>
  );
}

/** Memoised: React would write the HTML anew in each render, and the reader's selection would be gone. */
const Prose = memo(function Prose({ html }: { html: string }) {
  return <div className="prose" dangerouslySetInnerHTML={{ __html: trustedHtml(html) }} />;
});

function Turn({ page, rel, label }: { page: BookPage; rel: "prev" | "next"; label: string }) {
  return (
    <Link to={pagePath(page)} rel={rel} className={`turn-${rel}`}>
      <small>{label}</small> <span>{page.title}</span>
    </Link>
  );
}
