// One test: a success would be remembered for the next.
import { act, render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { StrictMode } from "react";
import { expect, it, vi } from "vitest";
import { mountChatWidget } from "../src/public/index.js";
import { ChatWidget } from "../src/public/react.js";
import { containerWasm } from "./stand-ins/container-wasm.js";

it("a container that does not load refuses the messages of the site's code", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  containerWasm.failures.push(...Array.from({ length: 3 }, () => new Error("offline")));
  vi.spyOn(Math, "random").mockReturnValue(0);
  const chat = mountChatWidget(document.body, { backendUrl: "https://chat.example" });
  await expect(chat.sendMessage("hello")).rejects.toThrow("could not be loaded: offline");
  chat.destroy();
});

it("a container that does not load: silence for who did not press, three tries and a sentence for who did, and the next press works", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const onError = vi.fn();
  containerWasm.reset();
  containerWasm.failures.push(...Array.from({ length: 4 }, () => new Error("offline")));
  vi.spyOn(Math, "random").mockReturnValue(0);
  render(
    <StrictMode>
      <ChatWidget backendUrl="https://chat.example" onError={onError} />
    </StrictMode>,
  );
  const toggle = screen.getByRole("button");

  await userEvent.hover(toggle);
  await waitFor(() => expect(log).toHaveBeenCalledTimes(1));
  expect(log.mock.calls[0]?.[1]).toBe("chatkit-widget/wasm/container.js could not be loaded: offline");
  expect(screen.queryByRole("alert")).toBeNull();
  expect(onError).not.toHaveBeenCalled();

  act(() => toggle.click());
  expect(toggle.getAttribute("aria-busy")).toBe("true");
  const note = await screen.findByRole("alert");
  expect(note.textContent).toBe("The chat could not be loaded. Check your connection and press the button again.");
  expect(toggle.hasAttribute("aria-busy")).toBe(false);
  expect(containerWasm.initialised).toBe(4);
  expect(onError).toHaveBeenCalledWith({
    key: "notLoaded",
    message: note.textContent,
    detail: "chatkit-widget/wasm/container.js could not be loaded: offline",
    retryable: true,
    severity: "fatal",
  });

  await userEvent.click(toggle);
  await waitFor(() => expect(containerWasm.live[0]?.calls).toEqual([["open"]]));
  expect(screen.queryByRole("alert")).toBeNull();
});
