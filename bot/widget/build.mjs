// Bundles src/ into the one file that the gateway serves at /widget.js.  node build.mjs [OUTFILE]
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { build, transform } from "esbuild";
import { minify } from "terser";

const outfile = process.argv[2] ?? "dist/widget.js";
const notice = "/*! MIT; contains Lit, BSD-3-Clause, Google LLC */";

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

/** Names of private members: nobody outside knows them, so they may be short. What a tab keeps over a reload may not. */
async function privateNames() {
  const names = [];
  for (const file of (await readdir("src", { recursive: true })).filter((each) => each.endsWith(".ts")).sort()) {
    const source = await readFile(`src/${file}`, "utf8");
    names.push(...Array.from(source.matchAll(/\bprivate (?:readonly |async |get )*(\w+)/g), (found) => found[1]));
  }
  return new RegExp(`^(?:${names.filter((name) => name !== "read").join("|")})$`);
}

// A second pass makes names that pack better. After it, line breaks stand in templates only, where they say nothing.
const { code } = await minify(bundle.outputFiles[0].text, {
  ecma: 2020,
  compress: { passes: 3 },
  mangle: { properties: { regex: await privateNames() } },
});
await mkdir(dirname(outfile), { recursive: true });
await writeFile(outfile, `${notice}\n${code.replace(/>\n\s*</g, "><").replace(/\n\s*/g, " ")}\n`);
