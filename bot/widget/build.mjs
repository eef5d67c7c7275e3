// Bundles src/ into the one file that the gateway serves at /widget.js.  node build.mjs [OUTFILE]
import { build } from "esbuild";

await build({
  entryPoints: ["src/main.ts"],
  outfile: process.argv[2] ?? "widget.js",
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2021"],
  charset: "utf8",
  legalComments: "inline",
  logLevel: "warning",
});
