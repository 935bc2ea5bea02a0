import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

// The folder says where the site ends: without, Next looks for lock files above it.
export default { turbopack: { root: dirname(fileURLToPath(import.meta.url)) } };
