import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROGRAM } from '../../src/program.ts';
import { reportSchemas } from '../../tools/write-report-schemas.mjs';
import type { Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';

const root = join(import.meta.dirname, '../..');
const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });

const schemaText = (kind: string) => readFileSync(join(root, `docs/schema/reports/${kind}.schema.json`), 'utf8');

/** What a body has against the schema of its report. */
function faults(kind: string, body: unknown): readonly string[] {
  const validate = ajv.getSchema(kind) ?? ajv.addSchema(JSON.parse(schemaText(kind)), kind).getSchema(kind);
  if (validate?.(body) === true) return [];
  return (validate?.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

test('every report has the schema of its type (`node tools/write-report-schemas.mjs` writes them)', async () => {
  const stale = [...(await reportSchemas())].filter(([kind, text]) => schemaText(kind) !== text).map(([kind]) => kind);
  expect(stale).toEqual([]);
});

describe('docs/json.md', () => {
  const page = readFileSync(join(root, 'docs/json.md'), 'utf8');
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));

  test('knows the report of every command that can be asked for JSON', () => {
    const listed = rows.flatMap((row) =>
      [...(row.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, word]) => word),
    );
    const words = PROGRAM.flatMap(({ commands }) => commands).filter(({ hidden }) => hidden !== true);
    expect([...listed].sort()).toEqual(words.map((line) => line.words).sort());
  });

  test('names every schema', async () => {
    const named = [...page.matchAll(/reports\/(\w+)\.schema\.json/g)].map(([, kind]) => kind);
    expect([...new Set(named)].sort()).toEqual([...(await reportSchemas()).keys()].sort());
  });
});

/** Command lines, in an order in which each finds what it needs, and the report of each. */
const LINES: readonly (readonly [kind: string, line: string])[] = [
  ['tenant', 'init'],
  ['tenant', 'tenant show'],
  ['demo', 'demo'],
  ['validation', 'tenant validate'],
  ['policyList', 'policy list'],
  ['policyReach', 'policy list --by reach'],
  ['policy', 'policy show CA003'],
  ['policy', 'policy show CA009'],
  ['dependencies', 'policy dependencies'],
  ['locationList', 'location list'],
  ['location', 'location show Headquarters'],
  ['locationMatch', 'location match 203.0.113.25'],
  ['directory', 'user list'],
  ['directory', 'group list'],
  ['directory', 'role list'],
  ['details', 'user show joni.sherman@contoso.com'],
  ['details', 'group show Finance'],
  ['signalingStatus', 'signaling status'],
  ['limitations', 'signaling limitations'],
  ['matrix', 'signaling matrix'],
  ['check', 'check'],
  ['gaps', 'check --gaps'],
  ['directory', 'explain'],
  ['rulePage', 'explain GSA001'],
  ['whatIf', 'whatif --user joni.sherman@contoso.com --app SharePoint --source-ip 203.0.113.25 --via gsa'],
  ['impact', 'impact signins.ndjson'],
  ['impact', 'impact signins.ndjson --group-by policy'],
  ['proof', 'impact --all --certificate certificate.json'],
  ['certificate', 'check certificate certificate.json'],
  ['suggestion', 'signaling disable --suggest'],
  ['signalingSwitch', 'signaling disable --dry-run --keep-policies --save plan.json'],
  ['signalingSwitch', 'signaling disable'],
  ['replay', 'replay signins.ndjson'],
  ['replay', 'replay signins.ndjson --dry-run'],
  ['logs', 'logs'],
  ['logCounts', 'logs --count-by user,outcome'],
  ['logStory', 'logs show 5f000000-0000-4000-8000-000000000001'],
  ['generatedTests', 'test generate signins.ndjson --to today.gsatest.yaml'],
  ['test', 'test today.gsatest.yaml'],
  ['export', 'export out'],
  ['import', 'import out --dry-run'],
  ['script', 'import --requests'],
  ['change', 'apply plan.json --yes'],
  ['signalingSwitch', 'signaling enable'],
  ['change', 'location add Branch 198.51.100.0/24'],
  ['change', 'location trust Branch'],
  ['change', 'location untrust Branch'],
  ['change', 'policy set-state CA003 off'],
  ['change', 'policy delete CA003 --yes'],
  ['deleted', 'policy deleted'],
  ['change', 'policy restore CA003'],
  ['change', 'tenant set --entra-id-plan P2'],
  ['proof', 'policy diff out tenant.json'],
  ['audit', 'audit'],
  ['history', 'history'],
  ['change', 'undo --yes'],
  ['directory', 'tenant backups'],
  ['rehearsal', 'rehearse true'],
  ['script', 'completion bash'],
  ['setting', 'config set tenants.here tenant.json'],
  ['setting', 'config get tenants.here'],
  ['config', 'config list'],
  ['setting', 'config unset tenants.here'],
  ['doctor', 'doctor'],
];

describe('what commands print with -o json fits the schema of its report', () => {
  let place: Workplace;
  let remove: () => void = () => undefined;
  beforeAll(() => {
    place = workplace((clean) => {
      remove = clean;
    });
    copyFileSync(join(root, 'examples/contoso/signins.ndjson'), join(place.folder, 'signins.ndjson'));
  });
  afterAll(() => remove());

  test.each(LINES)('%s: gsa %s', async (kind, line) => {
    const run = await place.gsa([...line.split(' '), '-o', 'json']);
    expect([0, 1, 3].includes(run.exitCode) ? '' : run.stderr).toBe('');
    expect(faults(kind, run.json())).toEqual([]);
  });
});

test.each([
  ['impact', 'impact-contoso.json'],
  ['test', 'test-report/report.json'],
])('the reviewed %s report fits its schema', (kind, file) => {
  expect(faults(kind, JSON.parse(readFileSync(join(root, 'test/golden', file), 'utf8')))).toEqual([]);
});

test.each([
  ['a member is taken away', (body: Record<string, unknown>) => ({ ...body, serial: undefined })],
  ['a member changes its type', (body: Record<string, unknown>) => ({ ...body, serial: '1' })],
  ['its meaning changes', (body: Record<string, unknown>) => ({ ...body, schemaVersion: 2 })],
])('a schema sees that %s', async (_what, spoil) => {
  const place = workplace();
  const body = (await place.gsa('init -o json')).json();
  expect(faults('tenant', body)).toEqual([]);
  expect(faults('tenant', JSON.parse(JSON.stringify(spoil(body))))).toHaveLength(1);
});
