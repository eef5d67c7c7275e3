// Bundles src/ into the one file that the gateway serves at /widget.js.  node build.mjs [OUTFILE]
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { build, transform } from "esbuild";
import { minify } from "terser";

const outfile = process.argv[2] ?? "dist/widget.js";
const notice = "/*! HP Offsite Support chat, MIT; contains Lit, BSD-3-Clause, Copyright Google LLC */";

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

const bundle = await build({
  entryPoints: ["src/main.ts"],
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022"],
  charset: "utf8",
  legalComments: "none",
  plugins: [styles],
  write: false,
  logLevel: "warning",
});

// A second pass makes names that pack better. After it, line breaks stand in templates only, where they say nothing.
const { code } = await minify(bundle.outputFiles[0].text, { ecma: 2020, compress: { passes: 3 }, mangle: true });
await mkdir(dirname(outfile), { recursive: true });
await writeFile(outfile, `${notice}\n${code.replace(/>\n\s*</g, "><").replace(/\n\s*/g, " ")}\n`);
