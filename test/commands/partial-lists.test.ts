import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { policy, put } from '../cases/exports.ts';
import { workplace } from '../support/in-process.ts';

const LIST = { '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#identity/conditionalAccess/policies' };
const WHOLE = { ...LIST, value: [policy()] };
const PAGE = { ...WHOLE, '@odata.nextLink': 'https://graph.microsoft.com/v1.0/policies?$skiptoken=2' };

/** Exports of which not all policies are here, and by what one sees it. */
const PARTS: readonly (readonly [string, Readonly<Record<string, unknown>>, RegExp])[] = [
  [
    'a folder called after changes',
    { 'changes/policies.json': WHOLE },
    /changes\/policies\.json: `changes` in its path/,
  ],
  ['a folder called after what was added', { 'added/p.json': WHOLE }, /added\/p\.json: `added` in its path/],
  ['a file called after a difference', { 'policies-diff.json': WHOLE }, /policies-diff\.json: `diff` in its path/],
  ['a page with a link to the next', { 'policies.json': PAGE }, /policies\.json/],
];

describe('an export of which not all policies are here tells by what', () => {
  test.each(PARTS)('%s: to policy diff, on either side', async (_, files, why) => {
    const place = workplace();
    put(place, files, 'tenant');
    put(place, { 'policies.json': WHOLE }, 'other');
    for (const sides of ['tenant other', 'other tenant']) {
      const run = await place.gsa(`policy diff ${sides}`);
      expect([run.exitCode, run.stdout, run.stderr]).toEqual([3, '', expect.stringMatching(why)]);
      expect(run.stderr.match(/^warning: /gm)).toHaveLength(1);
    }
  });

  test.each(PARTS)('%s: to check', async (_, files, why) => {
    const place = workplace();
    put(place, files, 'tenant');
    expect((await place.gsa('check tenant')).stderr).toMatch(why);
    expect((await place.gsa('check tenant --quiet')).stderr).toBe('');
  });

  test.each(PARTS)('%s: to a test that names it', async (_, files, why) => {
    const place = workplace();
    put(place, files, 'tenant');
    const suite = 'suite: x\ntenant: tenant\ntests:\n  - name: x\n    dependencies: { of: signaling, equal: [] }\n';
    writeFileSync(join(place.folder, 'a.gsatest.yaml'), suite);
    const run = await place.gsa('test a.gsatest.yaml');
    expect([run.exitCode, run.stderr]).toEqual([1, expect.stringMatching(why)]);
  });

  test('and not where it is meant to be a part, nor where all are here', async () => {
    const place = workplace();
    await place.gsa('init --quiet');
    put(place, { 'changes/policies.json': WHOLE }, 'tenant');
    put(place, { 'policies.json': WHOLE }, 'other');
    expect((await place.gsa('impact --all --of policies --with tenant')).stderr).not.toContain('in its path');
    expect((await place.gsa('policy diff other other')).stderr).not.toContain('warning');
  });

  test('five times at most', async () => {
    const place = workplace();
    const files = Array.from({ length: 7 }, (_, at) => [
      `changes/${at}/policies.json`,
      { ...LIST, value: [{ ...policy(), id: `11111111-1111-4111-8111-00000000000${at}` }] },
    ]);
    put(place, Object.fromEntries(files), 'tenant');
    const said = (await place.gsa('check tenant')).stderr.match(/^warning: .*$/gm) ?? [];
    expect([said.length, said.at(-1)]).toEqual([6, expect.stringContaining('and 2 more')]);
  });
});
