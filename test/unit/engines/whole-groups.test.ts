import { describe, expect, test } from 'vitest';
import type { GroupRow, Verdict } from '../../../src/engines/fact-engine.ts';
import { requireWhole } from '../../../src/engines/whole-groups.ts';

const WITNESS: GroupRow['witness'] = {
  id: '1',
  createdDateTime: '',
  addresses: [],
  tuples: { person: '1', application: '1', device: '1', session: '1', testimony: '1', country: '1', people: '' },
};

const verdict = (key: string, signIns: number, said: Partial<Verdict> = {}): Verdict => ({
  ...{ key, signIns, class: 'newlyBlocked', kind: 'interactive', isStopped: true, location: undefined },
  policies: [{ id: 'CA001', stops: true }],
  ...said,
});

const row = (by: GroupRow['by'], signIns: number, said: Partial<GroupRow> = {}): GroupRow => ({
  ...{ by, class: 'newlyBlocked', policy: by === 'policy' ? 'CA001' : undefined, users: 1, stopped: signIns },
  signIns: { interactive: signIns, nonInteractive: 0, workload: 0 },
  witness: WITNESS,
  ...said,
});

const VERDICTS = [verdict('a', 3), verdict('b', 4)];
const ROWS = [
  row('all', 7),
  row('user', 3),
  row('user', 4),
  row('application', 7),
  row('location', 5),
  row('location', 2),
  row('policy', 7),
];

describe('the rows of an engine', () => {
  test('are taken where they hold all sign-ins of their keys', () => {
    expect(() => requireWhole(ROWS, VERDICTS)).not.toThrow();
  });

  test.each(ROWS.map((each, at) => [`${each.by} of ${each.signIns.interactive}`, at] as const))(
    'are refused without the one by %s',
    (_, at) => {
      expect(() =>
        requireWhole(
          ROWS.filter((__, other) => other !== at),
          VERDICTS,
        ),
      ).toThrow(/no answer is better than part of one/);
    },
  );

  test.each(ROWS.map((each, at) => [each.by, at] as const))('are refused where one by %s came twice', (_, at) => {
    expect(() => requireWhole([...ROWS, ...ROWS.slice(at, at + 1)], VERDICTS)).toThrow(/no answer/);
  });

  test.each([
    ['fewer are stopped', row('all', 7, { stopped: 6 })],
    ['they are of another kind', row('all', 7, { signIns: { interactive: 6, nonInteractive: 1, workload: 0 } })],
    ['they are of another class', row('all', 7, { class: 'unknown' })],
  ])('are refused where %s', (_, changed) => {
    expect(() => requireWhole([changed, ...ROWS.slice(1)], VERDICTS)).toThrow(/no answer/);
  });

  test('need no person, place or policy where nothing changed', () => {
    const unchanged = verdict('c', 9, { class: 'unchanged', isStopped: false });
    const all = row('all', 9, { class: 'unchanged', stopped: 0 });
    expect(() => requireWhole([...ROWS, all], [...VERDICTS, unchanged])).not.toThrow();
    expect(() => requireWhole(ROWS, [...VERDICTS, unchanged])).toThrow(/has 9 sign-ins and counted 0/);
  });
});
