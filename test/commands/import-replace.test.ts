import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';

const ONLY = {
  '@odata.type': '#microsoft.graph.ipNamedLocation',
  id: '10000000-0000-4000-8000-000000000099',
  displayName: 'Only',
  isTrusted: false,
  ipRanges: [{ '@odata.type': '#microsoft.graph.iPv4CidrRange', cidrAddress: '192.0.2.0/24' }],
};

let place: Workplace;
let file: (name: string, items: readonly object[]) => string;

beforeEach(async () => {
  place = workplace();
  await place.gsa('init');
  const { folder } = place;
  file = (name, items) => {
    writeFileSync(join(folder, name), JSON.stringify({ value: items }));
    return join(folder, name);
  };
});

const exported = async (list: 'policies' | 'namedLocations') => {
  const tenant = JSON.parse(place.bytes()).tenant;
  return tenant[list] as { id: string; displayName: string }[];
};

describe('gsa import --replace', () => {
  test.each([[[]], [['--yes']], [['--dry-run']]])(
    'that would remove what `gsa location remove` refuses to is refused, each location with its reason (%s)',
    async (words) => {
      const before = place.bytes();
      const run = await place.gsa(['import', file('namedLocations.json', [ONLY]), '--replace', ...words]);
      expect(run.exitCode).toBe(3);
      for (const name of ['Headquarters', 'Visitor network', 'Blocked countries'])
        expect(run.stdout).toMatch(new RegExp(`^${name}\\tdeleted\\t`, 'm'));
      expect(run.stdout).toContain(
        'removes the location `Headquarters`, which is trusted and is named by `CA008 Require a compliant device for ' +
          'SharePoint outside headquarters`, `CA012',
      );
      expect(run.stdout).toContain('`Rotterdam branch office`, which is trusted\n');
      expect(run.stdout).toContain(
        '`Visitor network`, which is named by `CA010 Block Finance from the visitor network`',
      );
      expect(run.stderr).toContain('--force');
      expect(place.bytes()).toBe(before);
    },
  );

  test('does it with --force, still says of which locations that is, and can be taken back', async () => {
    const run = await place.gsa(['import', file('namedLocations.json', [ONLY]), '--replace', '--force', '-o', 'json']);
    expect(run.exitCode).toBe(0);
    expect(run.json()).toMatchObject({ applied: true, refused: false });
    expect(run.json()['warnings']).toHaveLength(6);
    expect(await exported('namedLocations')).toHaveLength(1);
    expect((await place.gsa('undo')).exitCode).toBe(0);
    expect(await exported('namedLocations')).toHaveLength(6);
  });

  test('removes a location without --force once nothing holds it, policies of the same import included', async () => {
    const locations = (await exported('namedLocations')).filter(({ displayName }) => displayName !== 'Visitor network');
    const policies = (await exported('policies')).filter(({ displayName }) => !displayName.startsWith('CA010'));
    const files = [file('namedLocations.json', locations), file('policies.json', policies)];
    const run = await place.gsa(['import', ...files, '--replace']);
    expect([run.exitCode, run.stdout]).toEqual([0, expect.not.stringContaining('warning')]);
    expect(run.stdout).toMatch(/^Visitor network\tdeleted\t/m);
  });

  test('names each policy that goes, and that it enforced', async () => {
    const policies = (await exported('policies')).filter(({ displayName }) => !displayName.startsWith('CA00'));
    const run = await place.gsa(['import', file('policies.json', policies), '--replace', '--dry-run']);
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toMatch(/^CA003 Block Finance outside trusted locations\tdeleted, was enabled\t/m);
    expect(run.stdout.match(/\tdeleted, was enabled\t/g)).toHaveLength(9);
  });

  test('a merge of a deleted location that policies name is refused as well', async () => {
    const [headquarters] = (await exported('namedLocations')).filter(
      ({ displayName }) => displayName === 'Headquarters',
    );
    const deleted = { ...headquarters, deletedDateTime: '2026-01-10T00:00:00Z' };
    expect((await place.gsa(['import', file('namedLocations.json', [deleted])])).exitCode).toBe(3);
  });
});
