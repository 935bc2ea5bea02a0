import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ChatWidget } from "chatkit-widget/react";
import "chatkit-widget/styles.css";

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <ChatWidget backendUrl="http://chat.example.org" title="Ask the book" />
    </StrictMode>,
  );
}
