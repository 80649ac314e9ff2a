// Builds the browser assets of Okienko into the ui app's static folder (`--out FOLDER`: into another one).
// `npm run build` once, `npm run watch` while you work on them. A server may be running meanwhile: everything is
// built in a folder beside, and only when all of it is there each file takes the place of the old one.
import { copyFile, mkdir, readdir, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { watch } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..");
const told = process.argv.indexOf("--out");
const wanted = told > 0 ? process.argv[told + 1] : join(root, "src/okienko/foundation/ui/static/okienko");
await mkdir(wanted, { recursive: true });
const home = await realpath(wanted);
const out = join(dirname(home), `.${basename(home)}-new`);
const modules = join(root, "node_modules");

// The answering page must stay light on a slow phone.
const ANSWER_LIMIT = 8 * 1024;

async function styles() {
  for (const name of ["okienko", "answer"]) {
    const { css } = sass.compile(join(here, "scss", `${name}.scss`), {
      style: "compressed",
      charset: false, // a byte-order mark would be in the way of the first rule
      loadPaths: [modules],
      quietDeps: true,
      // Bootstrap 5.3 is written with @import; it leaves with Bootstrap 6.
      silenceDeprecations: ["import", "global-builtin", "if-function", "color-functions"],
    });
    if (name === "answer" && Buffer.byteLength(css) > ANSWER_LIMIT) {
      throw new Error(`answer.css has ${Buffer.byteLength(css)} bytes, the limit is ${ANSWER_LIMIT}`);
    }
    await writeFile(join(out, `${name}.css`), css);
  }
}

async function scripts() {
  await esbuild.build({
    entryPoints: { okienko: join(here, "js/okienko.js") },
    outdir: out,
    bundle: true,
    minify: true,
    target: ["es2022"],
    legalComments: "none",
    // htmx contains eval for attributes that Okienko switches off.
    logOverride: { "direct-eval": "silent" },
  });
}

async function files() {
  await mkdir(join(out, "fonts"), { recursive: true });
  for (const subset of ["latin", "latin-ext"]) {
    for (const weight of [400, 700, 900]) {
      const name = `lato-${subset}-${weight}-normal.woff2`;
      await copyFile(join(modules, "@fontsource/lato/files", name), join(out, "fonts", name));
    }
  }
  await copyFile(join(modules, "@fontsource/lato/LICENSE"), join(out, "fonts/LICENSE-Lato.txt"));
  // PDF files are set in TTF; this edition of Lato has Cyrillic letters as well.
  await mkdir(join(out, "fonts-print"), { recursive: true });
  for (const name of ["Regular", "Italic", "Bold", "BoldItalic", "Black"]) {
    await copyFile(join(modules, "lato-webfont/fonts", `Lato-${name}.ttf`), join(out, `fonts-print/Lato-${name}.ttf`));
  }
  await copyFile(join(modules, "lato-webfont/OFL.txt"), join(out, "fonts-print/LICENSE-Lato.txt"));
  await copyFile(join(here, "znak.svg"), join(out, "znak.svg"));
  await writeFile(join(out, "icons.svg"), sprite(await readFile(join(here, "icons.txt"), "utf8")));
}

// One line of icons.txt is a name and the shapes drawn on a 24 × 24 grid.
function sprite(text) {
  const symbols = text
    .split("\n")
    .filter((line) => line.trim() && !line.startsWith("#"))
    .map((line) => {
      const cut = line.indexOf(" ");
      return `<symbol id="${line.slice(0, cut)}" viewBox="0 0 24 24">${line.slice(cut).trim()}</symbol>`;
    });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`;
}

async function listed(folder) {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

async function swap() {
  // The note of what was built goes first: after a swap that broke off, run.py builds again.
  await rm(join(home, ".built-from"), { force: true });
  const built = await listed(out);
  for (const name of built) {
    await mkdir(dirname(join(home, name)), { recursive: true });
    await rename(join(out, name), join(home, name));
  }
  for (const name of await listed(home)) {
    if (!built.includes(name)) await rm(join(home, name));
  }
}

async function build() {
  await rm(out, { recursive: true, force: true });
  try {
    await mkdir(out, { recursive: true });
    await Promise.all([styles(), scripts(), files()]);
    await swap();
  } finally {
    await rm(out, { recursive: true, force: true });
  }
  for (const name of ["okienko.css", "answer.css", "okienko.js", "icons.svg"]) {
    console.log(`${name} ${(await stat(join(home, name))).size}`);
  }
}

if (process.argv.includes("--watch")) {
  await build();
  let timer;
  watch(here, { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => build().catch((error) => console.error(error.message)), 150);
  });
} else {
  await build();
}
