// Writes docs/schema/reports: the JSON Schema of every report, from its type. test/docs/report-schemas.test.ts holds what
// commands print to them.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';
import { generateSchema, getProgramFromFiles } from 'typescript-json-schema';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'docs/schema/reports');

/** Types that are made of others and name nothing. */
const MADE = new Set(['Iterable', 'Omit', 'Partial', 'Pick', 'ReadonlyArray', 'Record', 'ShapeOf']);

/** @typedef {{ [keyword: string]: any }} Schema */

/**
 * The text of every schema by the name of its report.
 * @returns {Promise<Map<string, string>>}
 */
export async function reportSchemas() {
  const { config } = ts.parseConfigFileTextToJson('tsconfig.json', await readFile(join(root, 'tsconfig.json'), 'utf8'));
  const program = getProgramFromFiles([join(root, 'tools/shown-reports.ts')], config.compilerOptions, root);
  const settings = { required: true, ref: true, aliasRef: true, topRef: false, ignoreErrors: true };
  /** @type {(type: string) => Schema} */
  const schemaOf = (type) => generateSchema(program, type, settings) ?? {};
  const [all, data] = [schemaOf('ShownReports'), schemaOf('ReportData')];
  const kinds = Object.entries(all['properties']).sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(kinds.map(([kind, schema]) => [kind, textOf(kind, schema)]));

  /** @type {(kind: string, schema: Schema) => string} */
  function textOf(kind, schema) {
    const { description = data['definitions'][bare(data['properties'][kind].$ref ?? '')]?.description } =
      data['properties'][kind];
    return `${JSON.stringify(published(kind, { description, ...schema }, all['definitions']), null, 2)}\n`;
  }
}

/**
 * A schema that stands alone: what has a name of its own is defined in it, everything else is written in place.
 * @param {string} kind
 * @param {Schema} schema
 * @param {Schema} known the definitions of all reports
 */
function published(kind, schema, known) {
  /** @type {Schema} */
  const definitions = {};
  const body = resolved(schema, known, definitions, []);
  const sorted = Object.fromEntries(Object.entries(definitions).sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: kind,
    ...withVersion(body),
    ...(Object.keys(sorted).length === 0 ? {} : { definitions: sorted }),
  };
}

/** @param {Schema} body */
function withVersion(body) {
  const schemaVersion = { description: 'Grows when a member changes its meaning.', const: 1 };
  const properties = { schemaVersion, ...body['properties'] };
  return { ...body, type: 'object', properties, required: ['schemaVersion', ...(body['required'] ?? [])] };
}

/**
 * @param {any} value
 * @param {Schema} known the definitions of all reports
 * @param {Schema} definitions those of this report, filled on the way
 * @param {string[]} within the references that are being followed, so that a type that holds itself ends
 * @returns {any}
 */
function resolved(value, known, definitions, within) {
  if (Array.isArray(value)) return value.map((each) => resolved(each, known, definitions, within));
  if (typeof value !== 'object' || value === null) return value;
  const reference = value.$ref === undefined ? undefined : decodeURIComponent(value.$ref.replace('#/definitions/', ''));
  if (reference === undefined) {
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, resolved(each, known, definitions, within)]),
    );
  }
  const name = nameOf(reference, known, within);
  if (name === undefined) {
    const { $ref: _, ...beside } = value;
    const target = resolved(known[reference], known, definitions, [...within, reference]);
    return { ...target, ...beside };
  }
  if (definitions[name] === undefined) {
    definitions[name] = {};
    definitions[name] = resolved(known[reference], known, definitions, [...within, reference]);
  }
  return { ...value, $ref: `#/definitions/${name}` };
}

/**
 * The name of a type as the source has it; `undefined` for one without, and for one of two that have the same.
 * @param {string} reference
 * @param {Schema} known
 * @param {string[]} within
 */
function nameOf(reference, known, within) {
  const name = bare(reference);
  if (/^[A-Z]\w*$/.test(name) && !/_\d+$/.test(name) && !MADE.has(name)) {
    const others = Object.keys(known).filter((other) => other !== reference && bare(other) === name);
    if (others.every((other) => JSON.stringify(known[other]) === JSON.stringify(known[reference]))) return name;
  }
  return within.includes(reference) ? name.replaceAll(/\W+/g, '_') : undefined;
}

/** @param {string} reference */
const bare = (reference) => reference.replace(/^import\(.*?\)\.(?=\w+$)/, '');

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await mkdir(folder, { recursive: true });
  const schemas = await reportSchemas();
  for (const [kind, text] of schemas) await writeFile(join(folder, `${kind}.schema.json`), text);
  for (const file of await readdir(folder)) {
    if (!schemas.has(basename(file, '.schema.json'))) await rm(join(folder, file));
  }
}
