import Markdown from "react-markdown";
import remarkGfm from "remark-gfm";

import { react } from "./react";

const plugins = [remarkGfm];

react((text) => <Markdown remarkPlugins={plugins}>{text}</Markdown>);
