import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exportingPage } from '../../../src/commands/import/exporting-page.ts';
import type { Workplace } from '../../support/in-process.ts';
import { workplace } from '../../support/in-process.ts';

const GROUP = '77777777-0000-4000-8000-000000000001';
const TOOLS = ['azrest', 'graph-powershell', 'm365', 'curl'] as const;

function policy(number: number, users: object): object {
  return {
    id: `11111111-1111-4111-8111-11111111100${number}`,
    displayName: `P${number}`,
    state: 'enabled',
    conditions: {
      users,
      applications: { includeApplications: ['All'] },
      locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] },
    },
    grantControls: { operator: 'OR', builtInControls: ['block'] },
  };
}

async function withPolicies(...policies: readonly object[]): Promise<Workplace> {
  const place = workplace();
  await place.gsa('init --empty');
  writeFileSync(join(place.folder, 'p.json'), JSON.stringify(policies));
  expect((await place.gsa('import p.json')).exitCode).toBe(0);
  return place;
}

async function requestsOf(
  place: Workplace,
  tool = 'azrest',
): Promise<readonly { file: string; url: string; settles: number }[]> {
  const requests = (await place.gsa(['import', '--requests', tool, '-o', 'json'])).json()['requests'];
  return requests as readonly { file: string; url: string; settles: number }[];
}

describe('gsa import --requests', () => {
  test('names the groups of policies first by how many policies hang on each, and nothing that is known', async () => {
    const other = GROUP.replace('1', '2');
    const place = await withPolicies(
      policy(1, { includeGroups: [GROUP] }),
      policy(2, { includeGroups: [GROUP], excludeGroups: [other.toUpperCase()] }),
      policy(3, { includeUsers: ['All'] }),
    );
    const files = (await requestsOf(place)).map(({ file, settles }) => [file, settles]);
    expect(files).toContainEqual([`Groups/${GROUP}/TransitiveMembers/transitiveMembers`, 2]);
    expect(files).toContainEqual([`Groups/${other}/TransitiveMembers/transitiveMembers`, 1]);
    expect(files[0]?.[1]).toBe(3);
    expect(files.map(([file]) => file)).not.toContain('policies');
    await place.gsa('tenant set --known users');
    expect((await requestsOf(place)).map(({ file }) => file)).not.toContain('users');
  });

  test('of a tenant without policies asks for these first, and of the sample for sign-ins alone', async () => {
    const place = workplace();
    await place.gsa('init --empty');
    expect((await requestsOf(place))[0]?.file).toBe('policies');
    await place.gsa('init --force');
    const run = await place.gsa('import --requests');
    expect((await requestsOf(place)).map(({ file }) => file)).toEqual(['signIns']);
    expect(run.stderr).toContain('lacks nothing but sign-ins');
  });

  test.each(TOOLS)(
    '%s: what it prints reads only, and needs no data of the tenant in its words but ids',
    async (tool) => {
      const hostile = ['$(touch /tmp/x)', '`id`', "'; rm -rf ~; '", '{group}', 'All'];
      const place = await withPolicies(policy(1, { includeGroups: [...hostile, GROUP] }));
      const { stdout } = await place.gsa(['import', '--requests', tool]);
      for (const text of hostile.slice(0, 4)) expect(stdout).not.toContain(text);
      expect(stdout).toContain(`groups/${GROUP}/transitiveMembers`);
      expect(stdout).not.toMatch(/\b(POST|PATCH|PUT|DELETE)\b|\$expand=members/);
      expect(stdout).toMatch(/Permissions: .*Policy\.Read\.All/);
    },
  );

  test.each(['azrest', 'm365', 'curl'] as const)(
    '%s: a shell takes it, follows every page and imports whole',
    async (tool) => {
      const place = await withPolicies(policy(1, { includeGroups: [GROUP] }));
      const { stdout } = await place.gsa(['import', '--requests', tool]);
      const bin = join(place.folder, 'bin');
      const answers = join(place.folder, 'answers.mjs');
      mkdirSync(bin);
      // A stand-in of the tool and of jq: it answers from a table, and the members come in two pages.
      writeFileSync(answers, ANSWERS);
      for (const [name, mode] of [
        ['az', 'az'],
        ['m365', 'm365'],
        ['curl', 'curl'],
        ['jq', 'jq'],
      ] as const) {
        writeFileSync(join(bin, name), `#!/bin/sh\nexec "${process.execPath}" "${answers}" ${mode} "$@"\n`, {
          mode: 0o755,
        });
      }
      const work = join(place.folder, 'work');
      mkdirSync(work);
      writeFileSync(join(work, 'export.sh'), stdout);
      execFileSync('sh', ['export.sh'], {
        cwd: work,
        env: { PATH: `${bin}:/usr/bin:/bin`, TOKEN: 'x' },
        encoding: 'utf8',
      });
      const run = await place.gsa(['import', join(work, 'Groups')]);
      expect([run.exitCode, run.stderr]).toEqual([0, run.stderr]);
      const shown = (await place.gsa(['group', 'show', GROUP, '-o', 'json'])).json()['value'];
      expect(shown).toMatchObject([
        { members: ['cccccccc-0000-4000-8000-0000000000a1', 'cccccccc-0000-4000-8000-0000000000a2'] },
      ]);
      expect((await requestsOf(place)).map(({ file }) => file)).not.toContain(
        `Groups/${GROUP}/TransitiveMembers/transitiveMembers`,
      );
    },
  );

  test('without files and without --requests is told what to give', async () => {
    const place = await withPolicies(policy(1, { includeUsers: ['All'] }));
    const run = await place.gsa('import');
    expect([run.exitCode, run.stderr]).toEqual([2, expect.stringContaining('gsa import --requests')]);
  });

  test('docs/exporting.md is what `node tools/write-exporting.ts` writes', () => {
    expect(readFileSync(join(dirname(import.meta.dirname), '../../docs/exporting.md'), 'utf8')).toBe(exportingPage());
  });
});

const ANSWERS = `
import { readFileSync, writeFileSync } from 'node:fs';
const [tool, ...words] = process.argv.slice(2);
if (tool === 'jq') {
  const next = JSON.parse(readFileSync(words.at(-1), 'utf8'))['@odata.nextLink'] ?? '';
  process.stdout.write(next + '\\n');
} else {
  const url = words.find((word) => word.startsWith('https://'));
  const text = JSON.stringify(answer(url));
  const file = words[words.findIndex((word) => word === '--output-file' || (tool === 'curl' && word === '--output')) + 1];
  if (tool === 'm365') process.stdout.write(text);
  else writeFileSync(file, text);
}
function answer(url) {
  const user = (id) => ({ '@odata.type': '#microsoft.graph.user', id: 'cccccccc-0000-4000-8000-0000000000' + id });
  if (url.includes('page=2')) return { value: [user('a2')] };
  if (url.includes('transitiveMembers')) return { '@odata.nextLink': url + '&page=2', value: [user('a1')] };
  if (url.includes('/groups/')) {
    return { '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#groups/$entity', id: '${GROUP}', displayName: 'G' };
  }
  return { value: [] };
}
`;
