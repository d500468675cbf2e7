import { readFileSync } from 'node:fs';
import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { Parser } from 'tap-parser';

/** What other programs make of our formats: the parsers and schemas here are not ours. */

const XSD = new URL('./junit.xsd', import.meta.url);

export interface XmlCase {
  readonly name: string;
  readonly classname: string;
  readonly child: string | undefined;
  readonly type: string | undefined;
  readonly message: string | undefined;
}

/** The cases of a JUnit file that is well-formed and valid; throws what libxml2 says otherwise. */
export function readJunit(text: string): readonly XmlCase[] {
  const schema = XmlDocument.fromString(readFileSync(XSD, 'utf8'));
  const document = XmlDocument.fromString(text);
  const validator = XsdValidator.fromDoc(schema);
  try {
    validator.validate(document);
    return document.find('//testcase').map((node) => {
      const attribute = (path: string) => document.eval(`string(${path})`);
      const at = node.find('following::testcase').length;
      const own = `(//testcase)[last() - ${at}]`;
      return {
        name: String(attribute(`${own}/@name`)),
        classname: String(attribute(`${own}/@classname`)),
        child: String(attribute(`name(${own}/*)`)) || undefined,
        type: String(attribute(`${own}/*/@type`)) || undefined,
        message: String(attribute(`${own}/*/@message`)) || undefined,
      };
    });
  } finally {
    validator.dispose();
    document.dispose();
    schema.dispose();
  }
}

/** What OASIS's schema has against a SARIF file; empty when it is valid. */
export function sarifProblems(text: string): readonly string[] {
  const ajv = new Ajv({ strict: false, unicodeRegExp: false });
  formats.default(ajv);
  // Draft 4, of which it uses nothing that later drafts read differently but the name of its own id.
  const { $schema: _, id: __, ...schema } = sarifSchema;
  const validate = ajv.compile(schema);
  validate(JSON.parse(text));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

export interface TapPoint {
  readonly ok: boolean;
  readonly name: string;
  readonly skip: unknown;
  readonly diag: unknown;
}

/** The points of a TAP stream as tap-parser sees them, with what it calls a failure of the stream itself. */
export function readTap(text: string): {
  readonly points: readonly TapPoint[];
  readonly faults: readonly unknown[];
  readonly plan: number;
} {
  const points: TapPoint[] = [];
  const parser = new Parser({ strict: true });
  parser.on('assert', ({ ok, name, skip, diag }) => points.push({ ok, name, skip, diag }));
  parser.end(text);
  const results = parser.results;
  return {
    points,
    plan: results?.plan.end ?? 0,
    faults: (results?.failures ?? []).filter(({ tapError }) => tapError !== null && tapError !== undefined),
  };
}

export interface WorkflowCommand {
  readonly command: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** Workflow commands by the grammar that GitHub documents; a line that is none is `undefined`. */
export function readGithub(text: string): readonly (WorkflowCommand | undefined)[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const match = /^::(error|warning|notice) ((?:[a-zA-Z]+=[^,:]*)(?:,[a-zA-Z]+=[^,:]*)*)::(.*)$/.exec(line);
      if (match === null) return undefined;
      const pairs = (match[2] ?? '').split(',').map((pair) => {
        const [name = '', value = ''] = pair.split(/=(.*)/s);
        return [name, decoded(value)] as const;
      });
      return { command: match[1] ?? '', properties: Object.fromEntries(pairs), message: decoded(match[3] ?? '') };
    });
}

function decoded(text: string): string {
  return text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%');
}

/** Logging commands as the Azure Pipelines agent takes them apart. */
export function readAzure(text: string): readonly (WorkflowCommand | string)[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const match = /^##vso\[task\.(logissue) ((?:[a-z]+=[^;\]]*;)+)\](.*)$/.exec(line);
      if (match === null) return line;
      const pairs = (match[2] ?? '')
        .split(';')
        .filter((pair) => pair !== '')
        .map((pair) => {
          const [name = '', value = ''] = pair.split(/=(.*)/s);
          return [name, value.replaceAll('%3B', ';').replaceAll('%5D', ']').replaceAll('%AZP25', '%')] as const;
        });
      const message = (match[3] ?? '').replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%AZP25', '%');
      return { command: match[1] ?? '', properties: Object.fromEntries(pairs), message };
    });
}
