/* What wasm-pack leaves at wasm/element.js of the finished package, as far as we use it. */
import type { ElementModule } from "../src/wasm-types.js";

declare const init: ElementModule["default"];
export default init;
export declare const ElementHandle: ElementModule["ElementHandle"];
