module.exports = {
  mode: "production",
  entry: "./src/index.js",
  module: { rules: [{ test: /\.css$/, type: "css" }] },
};
