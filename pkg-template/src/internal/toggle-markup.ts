// Generated from src/container/view/toggle.rs by tests/toggle. Do not edit.
import type { Markup } from "./toggle.js";

/** The toggle of a closed panel, as the container draws it. */
export const TOGGLE: Markup = [
  "button",
  {
    "type": "button",
    "aria-haspopup": "dialog",
    "aria-expanded": "false",
    "aria-controls": "",
    "aria-label": "Open chat",
    "class": "ckw-toggle",
  },
  [
    "svg",
    {
      "viewBox": "0 0 24 24",
      "width": "24",
      "height": "24",
      "fill": "none",
      "stroke": "currentColor",
      "stroke-width": "2",
      "stroke-linecap": "round",
      "stroke-linejoin": "round",
      "aria-hidden": "true",
      "focusable": "false",
      "class": "ckw-icon",
    },
    [
      "path",
      {
        "d": "M21 11.5a8.5 8.5 0 0 1-12.4 7.5L3 21l2-5.6A8.5 8.5 0 1 1 21 11.5z",
      },
    ],
  ],
];
