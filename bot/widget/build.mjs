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
      return { contents: code.trim().replace(/(--[\w-]+:|,) /g, "$1").replaceAll(" }", "}"), loader: "text" };
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

/**
 * Names that may be short, as nobody outside knows them: private members, and members and words named with two words.
 * The wire, a tab's memory and attributes say theirs in one word or with an underscore. What is also looked up by a string
 * keeps its name, and what the browser looks for.
 */
async function ownNames() {
  const names = new Set();
  let all = "";
  for (const file of (await readdir("src", { recursive: true })).filter((each) => each.endsWith(".ts")).sort()) {
    const source = await readFile(`src/${file}`, "utf8");
    all += source;
    for (const [, name] of source.matchAll(/\bprivate (?:readonly |async |get )*(\w+)/g)) names.add(name);
    for (const [, name] of source.matchAll(/^  (?:readonly |async |get )*([a-z]+[A-Z]\w*)(?=[(:?!]| =)/gm)) names.add(name);
  }
  const outside = (name) => name === "read" || /Callback$/.test(name) || all.includes(`"${name}"`);
  return new RegExp(`^(?:${[...names].filter((name) => !outside(name)).join("|")})$`);
}

// A second pass makes names that pack better. After it, line breaks stand in templates only, where they say nothing; so do
// quotes around an attribute that is one word.
const { code } = await minify(bundle.outputFiles[0].text, {
  ecma: 2020,
  compress: { passes: 3, pure_getters: true },
  mangle: { properties: { regex: await ownNames() } },
});
const small = code
  .replace(/>\n\s*</g, "><")
  .replace(/\n\s*/g, " ")
  .replace(/ ([a-z][\w-]*)="([\w-]+)"(?=[ >])/g, " $1=$2");
await mkdir(dirname(outfile), { recursive: true });
await writeFile(outfile, `${notice}\n${small}\n`);
