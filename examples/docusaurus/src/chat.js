/** What cannot be written into docusaurus.config.js: functions. They run in the reader's browser. */

/** @type {import("chatkit-widget/docusaurus").DocusaurusClientOptions} */
export default {
  onError: ({ key, detail }) => console.info(`the chat had a problem (${key}): ${detail}`),
};
