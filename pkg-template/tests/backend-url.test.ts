import { describe, expect, it } from "vitest";
import { isDevelopment, resolveBackendUrl } from "../src/internal/backend-url.js";
import type { BackendUrl } from "../src/public/types.js";

const PAGE = { href: "https://book.example/ch/1?x#y", hostname: "book.example", origin: "https://book.example" };
const LOCAL = { href: "http://localhost:3000/", hostname: "localhost", origin: "http://localhost:3000" };
const both = { development: "http://localhost:9000/", production: "https://chat.example" };

describe("the server's address", () => {
  it.each<[string, BackendUrl | undefined, typeof PAGE, string, string]>([
    ["default, production build", undefined, PAGE, "production", "https://book.example"],
    ["default, production build looked at locally", undefined, LOCAL, "production", "http://localhost:3000"],
    ["default, development build", undefined, LOCAL, "development", "http://localhost:8000"],
    ["default, tests", undefined, PAGE, "test", "http://localhost:8000"],
    ["default, no bundler, on this machine", undefined, LOCAL, "", "http://localhost:8000"],
    ["default, no bundler, on a site", undefined, PAGE, "", "https://book.example"],
    ["a string is for both: development", "https://chat.example", LOCAL, "development", "https://chat.example"],
    ["a string is for both: production", "https://chat.example", PAGE, "production", "https://chat.example"],
    ["by stage: development", both, LOCAL, "development", "http://localhost:9000"],
    ["by stage: production", both, PAGE, "production", "https://chat.example"],
    ["by stage, production missing", { development: "http://localhost:9000" }, PAGE, "production", "https://book.example"],
    ["by stage, development missing", { production: "https://chat.example" }, LOCAL, "development", "http://localhost:8000"],
    ["trailing slashes", "https://chat.example/api//", PAGE, "production", "https://chat.example/api"],
    ["a path on the page's origin", "/chat-api", PAGE, "production", "https://book.example/chat-api"],
    ["another port", "http://localhost:8123", LOCAL, "development", "http://localhost:8123"],
  ])("%s", (_name, given, page, mode, expected) => {
    expect(resolveBackendUrl(given, page, mode)).toEqual({ url: expected });
  });

  it.each<[unknown, string, RegExp]>([
    ["http://", "backendUrl", /"http:\/\/" is not a URL.*https:\/\/chat\.example\.com/],
    ["ftp://chat.example", "backendUrl", /not an http or https URL/],
    ["javascript:alert(1)", "backendUrl", /not an http or https URL/],
    ["", "backendUrl", /is empty/],
    ["https://chat.example/?a=b", "backendUrl", /query or a fragment/],
    [8000, "backendUrl", /must be a string, not number/],
    [{ production: true }, "backendUrl.production", /must be a string, not boolean/],
  ])("%j is named with its path and what to write", (given, path, message) => {
    const { issue } = resolveBackendUrl(given as BackendUrl, PAGE, "production");
    expect(issue?.path).toBe(path);
    expect(issue?.message).toMatch(message);
  });

  it.each([
    ["localhost", true],
    ["app.localhost", true],
    ["127.0.0.1", true],
    ["[::1]", true],
    ["localhost.example.com", false],
    ["book.example", false],
  ])("without a bundler, %s is development: %s", (hostname, expected) => {
    expect(isDevelopment("", hostname)).toBe(expected);
  });
});
