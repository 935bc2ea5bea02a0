/** Not as it comes, but as an app can use it that gathers deltas itself. */
import { onceAFrame } from "./feed";
import { react } from "./react";
import { draw } from "./streamdown-drawn";

react(draw, onceAFrame);
