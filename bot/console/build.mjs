// Builds the desk's page: `npm run build` in bot/widget has the tools; dist/ is kept in git, so running needs no Node.
// With --check it says whether dist/ is what the sources give.
import { createRequire } from "node:module";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { tmpdir } from "node:os";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const tools = join(here, "../widget");
const esbuild = await import(pathToFileURL(createRequire(join(tools, "package.json")).resolve("esbuild")).href);
const checking = process.argv.includes("--check");
const out = checking ? mkdtempSync(join(tmpdir(), "desk-")) : join(here, "dist");
mkdirSync(out, { recursive: true });

await esbuild.build({
  entryPoints: { desk: join(here, "src/main.js") },
  outdir: out,
  absWorkingDir: here,
  nodePaths: [join(tools, "node_modules")],
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome111", "firefox115", "safari16.4"],
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
});
await esbuild.build({
  entryPoints: { desk: join(here, "src/desk.css") },
  outdir: out,
  absWorkingDir: here,
  bundle: true,
  minify: true,
  charset: "utf8",
  logLevel: "warning",
});
copyFileSync(join(here, "src/icon.svg"), join(out, "icon.svg"));

if (checking) {
  const same = (name) => readFileSync(join(out, name)).equals(readFileSync(join(here, "dist", name)));
  const stale = ["desk.js", "desk.css", "icon.svg"].filter((name) => !same(name));
  rmSync(out, { recursive: true });
  if (stale.length > 0) {
    console.error(`bot/console/dist is not what its sources give: ${stale.join(", ")}. Run: node bot/console/build.mjs`);
    process.exit(1);
  }
}
