import { describe, expect, it } from "vitest";
import { type Box, placeButton, type Placing } from "../../src/internal/page/place.js";

const WINDOW = { width: 1000, height: 700 };
const BUTTON = { width: 140, height: 40 };
const line = (top: number, left = 200, right = 800): Box => ({ left, right, top, bottom: top + 20 });
const place = (lines: Box[], more: Partial<Placing> = {}) => placeButton({ lines, button: BUTTON, window: WINDOW, touch: false, ...more });

function overlaps(lines: Box[], corner: { x: number; y: number }): boolean {
  return lines.some(
    ({ left, right, top, bottom }) => corner.x < right && corner.x + BUTTON.width > left && corner.y < bottom && corner.y + BUTTON.height > top,
  );
}

describe("the button", () => {
  it("stands above the first line, in its middle", () => expect(place([line(300), line(320)])).toEqual({ x: 430, y: 252 }));

  it("stands over the middle of a line that is made of several boxes", () =>
    expect(place([line(300, 200, 220), line(300, 220, 800), line(320)])).toEqual({ x: 430, y: 252 }));

  it("stands below the last line where there is no room above", () => expect(place([line(10), line(30)])).toEqual({ x: 430, y: 58 }));

  it("leaves fingers their handles and the system its menu", () => {
    expect(place([line(300)], { touch: true })).toEqual({ x: 430, y: 348 });
    expect(place([line(660)], { touch: true })).toEqual({ x: 430, y: 612 });
  });

  it("stands beside a text that fills the window, else in its corner", () => {
    const tall = (left: number, right: number): Box[] => Array.from({ length: 40 }, (_, row) => line(row * 20 - 50, left, right));
    expect(place(tall(200, 800))).toEqual({ x: 808, y: 652 });
    expect(place(tall(300, 990))).toEqual({ x: 152, y: 652 });
    expect(place(tall(5, 995))).toEqual({ x: 852, y: 652 });
  });

  it("is not there when the text has been scrolled away", () => {
    expect(place([line(-40)])).toBeUndefined();
    expect(place([line(700)])).toBeUndefined();
    expect(place([])).toBeUndefined();
    expect(place([line(300, 10, 10)])).toBeUndefined();
  });

  it("is always within the window and, while there is room, never over the text", () => {
    for (const touch of [false, true]) {
      for (let top = -10; top < 695; top += 7) {
        for (const [left, right] of [[0, 30], [200, 800], [980, 999]] as const) {
          const lines = [line(top, left, right), line(top + 20, left, right)];
          const corner = place(lines, { touch });
          if (corner === undefined) continue;
          expect(corner.x).toBeGreaterThanOrEqual(8);
          expect(corner.x).toBeLessThanOrEqual(1000 - 140 - 8);
          expect(corner.y).toBeGreaterThanOrEqual(8);
          expect(corner.y).toBeLessThanOrEqual(700 - 40 - 8);
          expect(overlaps(lines, corner)).toBe(false);
        }
      }
    }
  });
});
