// Bundles page.js with the packages of package-lock.json into page.bundle.js, and writes their licences to THIRD_PARTY.md.
// With --check it writes nothing and fails when the committed files are not what the lockfile gives.
import {build} from 'esbuild';
import {existsSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
process.chdir(here);
const result = await build({
  absWorkingDir: here,
  entryPoints: ['page.js'],
  bundle: true,
  minify: true,
  charset: 'ascii', // the bundle stands in a page and in a C++ string: no byte may depend on an encoding
  format: 'iife',
  target: 'es2020',
  legalComments: 'none', // all licences are in THIRD_PARTY.md and in the page
  metafile: true,
  write: false,
  logLevel: 'warning',
});
const bundle = result.outputFiles[0].text;

function packagesInBundle() {
  const names = new Set();
  for (const path of Object.keys(Object.values(result.metafile.outputs)[0].inputs)) {
    const found = path.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)\//);
    if (found) {
      names.add(found[0]);
    }
  }
  return [...names].sort();
}

function licenceOf(folder) {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  if (!file) {
    throw new Error(`${folder} has no licence file`);
  }
  return readFileSync(join(folder, file), 'utf8').replace(/\r\n/g, '\n').trim();
}

/// One section for each licence text, with the packages that are under it.
function notices() {
  const sections = new Map();
  for (const folder of packagesInBundle()) {
    const {name, version, license} = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const text = licenceOf(folder);
    const section = sections.get(text) ?? {license, packages: []};
    section.packages.push(`${name} ${version}`);
    sections.set(text, section);
  }
  let out = '# Third-party code in the HTML report\n\n';
  out += '`web/page.bundle.js`, which stands in every HTML report, holds these packages, as `web/package-lock.json` pins them.\n';
  out += 'Written by `npm run build` in `web/`.\n';
  for (const [text, {license, packages}] of [...sections].sort((a, b) => (a[1].packages[0] < b[1].packages[0] ? -1 : 1))) {
    out += `\n## ${packages.join(', ')}\n\n${license}\n\n\`\`\`\n${text}\n\`\`\`\n`;
  }
  return out;
}

// The licences ask for their notices in every copy, and each report is one.
const thirdParty = notices();
const comment = thirdParty.replaceAll('\u00a9', '(c)');
if (comment.includes('*/') || /[^\x20-\x7e\n]/.test(comment)) {
  throw new Error('a licence holds what cannot stand in a comment of ASCII');
}
const outputs = {'page.bundle.js': `/*\n${comment}*/\n${bundle}`, 'THIRD_PARTY.md': thirdParty};
for (const word of ['<!--', '<script', '</script']) {
  if (outputs['page.bundle.js'].toLowerCase().includes(word)) {
    throw new Error(`the bundle holds ${word}, which would end or change the script element of the page`);
  }
}
for (const [name, text] of Object.entries(outputs)) {
  if (process.argv.includes('--check')) {
    if (!existsSync(name) || readFileSync(name, 'utf8') !== text) {
      console.error(`web/${name} is not what web/package-lock.json and web/page.js give: run \`npm ci && npm run build\` in web/`);
      process.exitCode = 1;
    }
  } else {
    writeFileSync(name, text);
    console.log(`web/${name}: ${text.length} characters`);
  }
}
