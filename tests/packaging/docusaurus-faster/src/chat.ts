import type { DocusaurusClientOptions } from "chatkit-widget/docusaurus";

declare global {
  interface Window {
    heard: string[];
  }
}

const options: DocusaurusClientOptions = {
  onReady: () => (window.heard ??= []).push("ready"),
  onOpenChange: (open) => (window.heard ??= []).push(open ? "open" : "closed"),
  chatkit: { onThreadChange: ({ threadId }) => (window.heard ??= []).push(threadId === null ? "no thread" : "thread") },
};

export default options;
