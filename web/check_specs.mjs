// Holds the charts of HTML reports against Vega-Lite's own JSON schema: node check_specs.mjs PAGE...
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import {readFileSync} from 'node:fs';

const schema = JSON.parse(readFileSync(new URL('node_modules/vega-lite/build/vega-lite-schema.json', import.meta.url), 'utf8'));
const ajv = new Ajv({strict: false, allErrors: false});
addFormats(ajv);
ajv.addFormat('color-hex', () => true);
const validate = ajv.compile(schema);

let charts = 0;
for (const path of process.argv.slice(2)) {
  const found = readFileSync(path, 'utf8').match(/<script type="application\/json" id="charts">([^]*?)<\/script>/);
  for (const [at, spec] of JSON.parse(found[1]).entries()) {
    charts += 1;
    if (!validate(spec)) {
      console.error(`${path}: chart ${at}: ${ajv.errorsText(validate.errors.slice(-3))}`);
      process.exitCode = 1;
    }
  }
}
if (charts === 0) {
  console.error('no chart was looked at');
  process.exitCode = 1;
}
console.log(`${charts} charts`);
