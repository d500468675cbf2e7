import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PROGRAM } from '../../src/program.ts';
import type { CommandOptions, Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';

const MFA = 'CA001 Require MFA for administrators';
const LEGACY = 'CA002 Block legacy authentication';
const NOBODY = 'joni.sherman@contoso.com';

interface Attempt {
  readonly words: readonly string[];
  readonly exitCode: number;
  readonly options?: CommandOptions;
}

/** The same words, by somebody who may not. */
const forbidden = (words: readonly string[]): Attempt => ({ words: [...words, '--as', NOBODY, '--yes'], exitCode: 5 });
const refused = (words: readonly string[], options: CommandOptions = {}): Attempt => ({ words, exitCode: 3, options });
const invalid = (words: readonly string[]): Attempt => ({ words, exitCode: 4 });
/** Every question is answered with no. */
const declined = (words: readonly string[], answer: string | boolean = false): Attempt =>
  refused(words, { answers: [answer] });

/** Every command that writes the tenant file, with each way in which it can be stopped. */
const ATTEMPTS: { readonly [command: string]: readonly Attempt[] } = {
  demo: [],
  init: [refused(['init']), forbidden(['init', '--force'])],
  'audit restart': [refused(['audit', 'restart']), declined(['audit', 'restart']), forbidden(['audit', 'restart'])],
  import: [
    refused(['import', 'locations.json', '--replace']),
    refused(['import', 'locations.json', '--replace', '--yes']),
    refused(['import', '--kind', 'settings', 'settings.json']),
    declined(['import', '--kind', 'settings', 'settings.json']),
    invalid(['import', 'broken.json', 'locations.json']),
    forbidden(['import', 'locations.json', '--replace', '--force']),
  ],
  'tenant restore': [
    refused(['tenant', 'restore']),
    declined(['tenant', 'restore']),
    refused(['tenant', 'restore', 'other.json', '--yes']),
    invalid(['tenant', 'restore', 'broken.json', '--yes']),
    forbidden(['tenant', 'restore']),
  ],
  'tenant set': [
    refused(['tenant', 'set', '--mfa-trusted-ips', manyRanges().join()]),
    invalid(['tenant', 'set', '--default-administrator', 'nobody']),
    forbidden(['tenant', 'set', '--entra-id-plan', 'P2']),
  ],
  'policy set-state': [
    invalid(['policy', 'set-state', MFA, 'nothing', 'disabled']),
    forbidden(['policy', 'set-state', MFA, 'disabled']),
  ],
  'policy delete': [
    refused(['policy', 'delete', MFA]),
    declined(['policy', 'delete', MFA, LEGACY]),
    invalid(['policy', 'delete', MFA, 'nothing', '--yes']),
    forbidden(['policy', 'delete', MFA]),
  ],
  'policy restore': [
    refused(['policy', 'restore', 'CA011 Require MFA for guests', '--now', '2027-01-15T00:00:00Z']),
    invalid(['policy', 'restore', 'nothing']),
    forbidden(['policy', 'restore', 'CA011 Require MFA for guests']),
  ],
  'location add': [
    { words: ['location', 'add', 'Branch', '198.51.100.1/99'], exitCode: 2 },
    forbidden(['location', 'add', 'Branch', '198.51.100.0/24']),
  ],
  'location remove': [
    refused(['location', 'remove', 'First', 'Headquarters', '--yes']),
    refused(['location', 'remove', 'First']),
    declined(['location', 'remove', 'First']),
    forbidden(['location', 'remove', 'First']),
  ],
  'location restore': [invalid(['location', 'restore', 'nothing']), forbidden(['location', 'restore', 'Second'])],
  'location trust': [
    refused(['location', 'trust', 'First', 'Blocked countries']),
    forbidden(['location', 'trust', 'First']),
  ],
  'location untrust': [
    refused(['location', 'untrust', 'Headquarters', 'Blocked countries']),
    forbidden(['location', 'untrust', 'Headquarters']),
  ],
  'signaling enable': [forbidden(['signaling', 'enable'])],
  'signaling disable': [
    refused(['signaling', 'disable']),
    refused(['signaling', 'disable', '--yes']),
    refused(['signaling', 'disable', '--delete-policies']),
    refused(['signaling', 'disable', '--delete-policies', MFA, '--yes']),
    declined(['signaling', 'disable'], 'cancel'),
    declined(['signaling', 'disable', '--delete-policies']),
    invalid(['signaling', 'disable', '--report-only-policies', 'nothing']),
    forbidden(['signaling', 'disable', '--keep-policies']),
  ],
  serve: [forbidden(['serve'])],
  apply: [invalid(['apply', 'no-such-plan.json']), forbidden(['apply', 'no-such-plan.json'])],
  undo: [refused(['undo', '1']), refused(['undo', '2']), invalid(['undo', '99']), forbidden(['undo'])],
};

function manyRanges(): readonly string[] {
  return Array.from({ length: 51 }, (_, at) => `198.51.100.${at}/32`);
}

/** A tenant that has all that the attempts need, and a last change of the first one's slots. */
async function placeForAll(): Promise<Workplace> {
  const place = workplace();
  const done = async (words: readonly string[]) =>
    expect([words, (await place.gsa(words)).exitCode]).toEqual([words, 0]);
  await done(['init', '--created', '2024-01-01']);
  await done(['policy', 'set-state', MFA, 'report-only']);
  await done(['policy', 'set-state', MFA, 'enabled']);
  await done(['location', 'add', 'First', '198.51.100.0/24']);
  await done(['location', 'add', 'Second', '198.51.101.0/24']);
  await done(['location', 'remove', 'Second', '--yes']);
  await done(['policy', 'delete', 'CA011 Require MFA for guests', '--yes']);
  await done(['signaling', 'enable']);
  await done(['init', '--tenant', join(place.folder, 'other.json')]);
  const write = (name: string, text: string) => writeFileSync(join(place.folder, name), text);
  const only = { '@odata.type': '#microsoft.graph.countryNamedLocation', id: '9', displayName: 'N' };
  write('locations.json', JSON.stringify({ value: [{ ...only, countriesAndRegions: ['NO'] }] }));
  write('settings.json', '{"signalingStatus":"disabled"}');
  write('broken.json', '{"value":[');
  return place;
}

/** Everything that a write leaves: the bytes of tenant file and journal, and each backup with its own. */
function traces(place: Workplace): { readonly [file: string]: string } {
  const files = [place.tenant, `${place.tenant}.audit.ndjson`, ...backups(place)];
  return Object.fromEntries(files.map((file) => [file, `${statSync(file).ino} ${readFileSync(file, 'utf8')}`]));
}

function backups({ tenant }: Workplace): string[] {
  const folder = `${tenant}.backups`;
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
}

/** Commands that only read, or write other files than the tenant's. */
const READING =
  /^(export|tenant (show|validate|backups)|check( certificate)?|explain|whatif|impact|policy (list|show|deleted|dependencies|diff)|location (list|show|match|deleted)|user .*|group .*|role .*|signaling (status|matrix|limitations)|audit|history|replay|logs.*|test.*|rehearse|completion|config .*|doctor|engine .*|query .*)$/;

test('the table below knows every command that writes the tenant file', () => {
  const words = PROGRAM.flatMap(({ commands }) => commands)
    .filter(({ hidden }) => hidden !== true)
    .map((line) => line.words);
  expect(words.filter((each) => !READING.test(each)).sort()).toEqual(Object.keys(ATTEMPTS).sort());
});

describe('what was refused or failed leaves tenant file, journal and backups as they were', () => {
  const rows = Object.values(ATTEMPTS).flat();
  test.each(rows.map((row) => [row.exitCode, row.words.slice(0, 6).join(' '), row] as const))(
    'exit %i: gsa %s',
    async (exitCode, _line, { words, options }) => {
      const place = await placeForAll();
      const before = traces(place);
      const run = await place.gsa(words, options);
      expect([run.exitCode, run.stderr]).toEqual([exitCode, run.stderr]);
      expect(traces(place)).toEqual(before);
      expect((await place.gsa('tenant validate')).exitCode).toBe(0);
    },
  );
});
