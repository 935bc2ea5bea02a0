import { react } from "./react";
import { draw } from "./streamdown-drawn";

react(draw);
