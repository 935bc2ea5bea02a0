/**
 * Everything that checks need, found by them through the environment:
 * `await import(pathToFileURL(join(process.env.CKW_HARNESS, "index.mjs")))`.
 */
export * from "./backend.mjs";
export * from "./browser.mjs";
export * from "./conversation.mjs";
export * from "./serve.mjs";
export * from "./service.mjs";
export * from "./story.mjs";
export * from "./tools.mjs";
export * from "./walking.mjs";
