import { describe, expect, it, vi } from "vitest";
import { rememberSuccess } from "../src/internal/load.js";

describe("loading", () => {
  it("one flight and one success, however many ask", async () => {
    const load = vi.fn(async () => "module");
    const get = rememberSuccess(load);
    expect(await Promise.all([get(), get()])).toEqual(["module", "module"]);
    expect(await get()).toBe("module");
    expect(load).toHaveBeenCalledTimes(1);
  });

  it("a failure is not remembered", async () => {
    const load = vi.fn<() => Promise<string>>().mockRejectedValueOnce(new Error("offline")).mockResolvedValue("module");
    const get = rememberSuccess(load);
    await expect(get()).rejects.toThrow("offline");
    await expect(get()).resolves.toBe("module");
  });
});
