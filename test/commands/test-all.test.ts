import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';
import { leavePoliciesAlone } from '../support/policies-alone.ts';

async function tried(all: string, prepare = ({ gsa }: Workplace): Promise<unknown> => gsa('init')) {
  const place = workplace();
  await prepare(place);
  writeFileSync(
    join(place.folder, 'all.gsatest.yaml'),
    `suite: every sign-in\ntests:\n  - name: the change does what it should\n    all: ${all}\n`,
  );
  const run = await place.gsa('test all.gsatest.yaml -o json');
  const failures =
    run.exitCode === 2 || run.exitCode === 4
      ? []
      : ((run.json() as { value: { failures: { subject: string; because: string[] }[] }[] }).value[0]?.failures ?? []);
  return { exitCode: run.exitCode, failures, stderr: run.stderr };
}

describe('a test over all sign-ins', () => {
  test('fails with a witness for each policy that newly blocks somebody', async () => {
    const { exitCode, failures } = await tried('{ change: { signaling: disabled }, never: [newlyBlocked] }');
    expect(exitCode).toBe(1);
    const finance = failures.find(({ subject }) => subject.includes('CA003'));
    expect(finance?.subject).toBe(
      'sign-ins of 2 of 19 people are newlyBlocked by CA003 Block Finance outside trusted locations',
    );
    expect(finance?.because.join()).toMatch(/joni\.sherman@contoso\.com on .*granted → blocked/);
  });

  test('counts stand-ins as stand-ins where no people are known, and says what they are', async () => {
    const { failures } = await tried('{ change: { signaling: disabled }, never: [changed] }', leavePoliciesAlone);
    expect(failures.length).toBeGreaterThan(3);
    // What session controls make of sessions is of nobody in particular.
    const [ofSessions, ...more] = failures.filter(({ subject }) => typeof subject !== 'string');
    expect([ofSessions?.because.join(), more]).toEqual([expect.stringContaining('CA009 Limit browser sessions'), []]);
    for (const { subject, because } of failures.filter((failure) => failure !== ofSessions)) {
      expect(subject).toMatch(/^sign-ins of \d+ of \d+ stand-ins are /);
      expect(because).toContain(
        'no directory is known: a stand-in is one person in place of each group, role and user',
      );
    }
  });

  test('passes where it is proved that nothing of the kind happens', async () => {
    expect((await tried('{ change: { signaling: disabled }, never: [lessProtected] }')).exitCode).toBe(0);
    expect(
      (
        await tried(
          '{ change: { policies: { "CA003 Block Finance outside trusted locations": disabled } }, never: [stricter] }',
        )
      ).exitCode,
    ).toBe(0);
    expect(
      (
        await tried(
          '{ change: { policies: { "CA003 Block Finance outside trusted locations": disabled } }, never: looser }',
        )
      ).exitCode,
    ).toBe(1);
  });

  test('takes a list of what is intended and finds everything else', async () => {
    const change =
      'change: { policies: { "CA003 Block Finance outside trusted locations": disabled, "CA007 Require the compliant network for Contoso Expenses": disabled } }';
    const half = await tried(`{ ${change}, intended: [{ policy: CA003 Block Finance outside trusted locations }] }`);
    expect(half.exitCode).toBe(1);
    expect(half.failures.every(({ subject }) => subject.includes('CA007'))).toBe(true);
    const whole = `{ ${change}, intended: [{ policy: CA003 Block Finance outside trusted locations, changes: [newlyAllowed] }, { policy: CA007 Require the compliant network for Contoso Expenses }] }`;
    expect((await tried(whole)).exitCode).toBe(0);
  });

  test('wants a change and an expectation', async () => {
    expect((await tried('{ never: [looser] }')).exitCode).not.toBe(0);
    expect((await tried('{ change: { signaling: disabled } }')).exitCode).not.toBe(0);
    expect((await tried('{ change: { signaling: disabled }, never: [sometimes] }')).exitCode).not.toBe(0);
  });

  test('puts the objects of an export into the tenant', async () => {
    const place = workplace();
    await place.gsa('init');
    await place.gsa('signaling disable --suggest fix.json');
    writeFileSync(
      join(place.folder, 'fix.gsatest.yaml'),
      'suite: the fix\ntests:\n  - name: nobody is stopped by the switch with the fix\n    all: { with: fix.json, change: { signaling: disabled }, never: stopped }\n',
    );
    expect((await place.gsa('test fix.gsatest.yaml')).exitCode).toBe(0);
  });
});
