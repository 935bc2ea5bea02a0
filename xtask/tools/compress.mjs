// Prints a JSON line for each file named: its bytes as they are, with gzip and with brotli, each at the
// strongest setting, as a web server would send a file that was compressed once.
import { readFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

for (const path of process.argv.slice(2)) {
  const bytes = readFileSync(path);
  const brotli = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  const gzip = gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION });
  console.log(JSON.stringify({ path, raw: bytes.length, gzip: gzip.length, brotli: brotli.length }));
}
