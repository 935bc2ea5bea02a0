// The example that the address names. The checks take the examples' files from the README.
import { createElement } from "react";
import { createRoot } from "react-dom/client";

const render = (component, ...children) =>
  createRoot(document.getElementById("root")).render(createElement(component, null, ...children));

switch (location.search) {
  case "?react":
    render((await import("./react.tsx")).Layout, "Text");
    break;
  case "?element":
    render((await import("./element.tsx")).Support);
    break;
  case "?plain":
    await import("./plain.ts");
    break;
}
