// Bundles src/ into the one file that the gateway serves at /widget.js.  node build.mjs [OUTFILE]
import { readFile } from "node:fs/promises";
import { build, transform } from "esbuild";

/** A style sheet is imported as text, already small. */
const styles = {
  name: "styles",
  setup(bundler) {
    bundler.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true, target: "es2022" });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

await build({
  entryPoints: ["src/main.ts"],
  outfile: process.argv[2] ?? "dist/widget.js",
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022"],
  charset: "utf8",
  legalComments: "none",
  banner: { js: "/*! HP Offsite Support chat, MIT; contains Lit, BSD-3-Clause, Copyright Google LLC */" },
  plugins: [styles],
  logLevel: "warning",
});
