import { useLocation } from "react-router";
import { ENGINES, ENGINE_NOTES, chooseEngine, engine } from "./engine.ts";
import { clearEvents, useEvents, type WidgetEvent } from "./events.ts";

/** Not part of the book: lets a visitor choose the engine and see what the widget reports to the page. */
export function DemoPanel() {
  const { pathname } = useLocation();
  return (
    <aside className="demo" aria-labelledby="demo-title">
      <h2 id="demo-title" className="demo-title">
        Demo controls
      </h2>
      <fieldset className="segments">
        <legend>Chat engine</legend>
        {ENGINES.map((name) => (
          <label key={name}>
            <input
              type="radio"
              name="engine"
              value={name}
              checked={name === engine}
              onChange={() => chooseEngine(name)}
              aria-describedby="engine-note"
            />
            <span>{name}</span>
          </label>
        ))}
        <p id="engine-note" className="note">
          {ENGINE_NOTES[engine]} Changing it reloads the page.
        </p>
      </fieldset>
      <p className="note context">
        Questions say where they are asked: <code>{pathname}</code>
      </p>
      <EventLog />
    </aside>
  );
}

function EventLog() {
  const events = useEvents();
  return (
    <details className="events" open>
      <summary>
        Widget events <span className="count">{events.length}</span>
      </summary>
      <button type="button" className="clear" onClick={clearEvents} disabled={events.length === 0}>
        Clear
      </button>
      {/* A log by role, but silent: the chat has a live region of its own, and two would talk over each other. */}
      <div className="events-list" role="log" aria-live="off" aria-label="Widget events, newest first" tabIndex={0}>
        {events.length === 0 ? (
          <p className="note">Open the chat, and what it tells this page appears here.</p>
        ) : (
          <ol>
            {events.map((event) => (
              <EventRow key={event.id} {...event} />
            ))}
          </ol>
        )}
      </div>
    </details>
  );
}

function EventRow({ at, name, detail }: WidgetEvent) {
  return (
    <li>
      <time dateTime={at.toISOString()}>{clock(at)}</time> <b>{name}</b>
      {detail !== "" && <code>{detail}</code>}
    </li>
  );
}

/** Hours to milliseconds, local time: 14:03:07.125. */
function clock(at: Date): string {
  const pad = (value: number, digits = 2) => String(value).padStart(digits, "0");
  return `${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}.${pad(at.getMilliseconds(), 3)}`;
}
