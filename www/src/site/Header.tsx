import { Link } from "react-router";
import { chooseScheme, useScheme } from "./scheme.ts";

export function Header() {
  const scheme = useScheme();
  const dark = scheme === "dark";
  return (
    <header className="header">
      <Link className="brand" to="/">
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <path d="M5 28h12M11 28v-6l7-10 8 3" />
          <circle cx="11" cy="21" r="3" />
          <circle cx="18.5" cy="11.5" r="3" />
          <path d="m24 11.5 3.5 4-5 1.5" />
        </svg>
        <span>Robotics, step by step</span>
      </Link>
      <button
        type="button"
        className="scheme"
        role="switch"
        aria-checked={dark}
        aria-label="Dark colours"
        onClick={() => chooseScheme(dark ? "light" : "dark")}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          {dark ? (
            <path d="M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z" />
          ) : (
            <>
              <circle cx="12" cy="12" r="4" />
              <path d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4" />
            </>
          )}
        </svg>
      </button>
    </header>
  );
}
