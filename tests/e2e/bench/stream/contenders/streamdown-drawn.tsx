/** As its manual sets it up, with what ours has as well: highlighted code and mathematics. */
import { code } from "@streamdown/code";
import { math } from "@streamdown/math";
import { Streamdown } from "streamdown";

const plugins = { code, math };

export const draw = (text: string) => (
  <Streamdown plugins={plugins} isAnimating>
    {text}
  </Streamdown>
);
