/** A colour as the browser computed it, in the form that every engine takes. */

const COMPUTED_RGB = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/;

function hex(red: number, green: number, blue: number): string {
  return `#${[red, green, blue].map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}

/** Has the browser paint it: `oklch(…)`, `color(display-p3 …)` and the like keep their form when they are computed. */
function painted(color: string): string | undefined {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) return undefined;
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
  return alpha === 0 ? undefined : hex(red, green, blue);
}

/**
 * `#rrggbb` of a computed colour, without its transparency. `undefined` for one that cannot be seen at all, and where
 * the browser lets nobody know.
 */
export function toHex(computed: string): string | undefined {
  const rgb = COMPUTED_RGB.exec(computed);
  if (rgb === null) return computed === "" ? undefined : painted(computed);
  const [, red, green, blue, alpha] = rgb;
  return Number(alpha ?? 1) === 0 ? undefined : hex(Number(red), Number(green), Number(blue));
}
