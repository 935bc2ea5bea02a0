import { Link, useOutletContext } from "react-router";
import { pagePath, pages } from "./pages.ts";

/** The start page: what the book is, and its chapters. */
export function Cover() {
  const first = pages[0];
  const openChat = useOutletContext<() => void>();
  return (
    <div className="cover">
      <title>Robotics, step by step</title>
      <meta name="description" content="A short introduction to robotics that you can ask questions." />
      <div className="cover-head">
        <div>
          <h1>Robotics, step by step</h1>
          <p className="lead">
            A short introduction to machines that sense, decide and act: from the first motor to a robot that is safe
            to stand next to.
          </p>
          <p>
            You can also ask the book. The chat in the corner answers from these pages and takes you to where it found
            the answer. Or select a sentence on any page and ask about that.
          </p>
          <p className="cover-actions">
            {first && (
              <Link className="button" to={pagePath(first)}>
                Start reading
              </Link>
            )}
            <button type="button" className="button quiet" onClick={openChat}>
              Ask a question
            </button>
          </p>
        </div>
        <Arm />
      </div>
      <h2>Chapters</h2>
      <ol className="cards">
        {pages.map((page) => (
          <li key={page.slug}>
            <Link to={pagePath(page)}>
              <span className="number">{page.order}</span>
              <span className="card-title">{page.title}</span>
              <span className="card-text">{page.summary}</span>
            </Link>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** A robot arm in line with its two joint angles: a drawing, not information. */
function Arm() {
  return (
    <svg className="arm" viewBox="0 0 320 260" aria-hidden="true">
      <path className="faint" d="M20 232h280M80 196h120M132 84l30-64" />
      <path className="angle" d="M120 196a40 40 0 0 0-23-36M150.5 44a44 44 0 0 1 20 62" />
      <path className="link" d="M80 196 132 84l92 52" />
      <path className="base" d="M48 232l12-36h40l12 36z" />
      <circle className="ball" cx="257" cy="155" r="10" />
      <path className="grip" d="M252 168l-23-13 14-24 23 13" />
      <circle className="joint" cx="80" cy="196" r="17" />
      <circle className="joint" cx="132" cy="84" r="14" />
      <circle className="joint" cx="224" cy="136" r="11" />
      <text x="124" y="182">θ₁</text>
      <text x="184" y="68">θ₂</text>
    </svg>
  );
}
