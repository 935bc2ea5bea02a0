/* What wasm-pack leaves at wasm/container.js of the finished package, as far as we use it. */
import type { ContainerModule } from "../src/wasm-types.js";

declare const init: ContainerModule["default"];
export default init;
export declare const WidgetHandle: ContainerModule["WidgetHandle"];
