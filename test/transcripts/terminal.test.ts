import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Key, TerminalOptions } from '../support/terminal.ts';
import { runOnTerminal } from '../support/terminal.ts';

const DOWN = '\u001b[B';
const ENTER = '\r';
const QUESTION = 'What should happen to them?';
const KEEPING = 'Disable all the same?';
const DELETING = 'Delete 5 policies?';
const PER_POLICY = ['CA003', 'CA004', 'CA005', 'CA006', 'CA007', 'CA008', 'CA009', 'CA010', 'CA012'];

/** The sample tenant in a home of its own, and the keyboard of somebody who disables signaling there. */
async function atTheKeyboard() {
  const home = mkdtempSync(join(tmpdir(), 'gsa-terminal-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const cwd = join(home, 'work');
  mkdirSync(cwd);
  await runOnTerminal('gsa init --quiet', { cwd, home });
  const bytes = () => readFileSync(join(home, '.config/gsa/tenant.json'), 'utf8');
  const before = bytes();
  return {
    home,
    cwd,
    bytes,
    before,
    tenant: () => JSON.parse(bytes()).tenant,
    disable: async (keys: readonly Key[], more: Partial<TerminalOptions> = {}, options = '') => {
      const run = await runOnTerminal(`gsa signaling disable ${options}`, { cwd, home, ...more, keys });
      const screen = stripVTControlCharacters(run.output);
      expect(screen).not.toMatch(/^ +at .*:\d+/m);
      expect(screen).not.toMatch(/unsettled|node:internal|Error:/);
      return { screen, raw: run.output, exitCode: run.exitCode };
    },
  };
}

const statesOf = (tenant: { policies: { displayName: string; state: string }[] }) =>
  tenant.policies
    .filter(({ displayName }) => PER_POLICY.some((name) => displayName.startsWith(name)))
    .map(({ state }) => state);

describe('the question of gsa signaling disable, on a terminal', () => {
  test('Enter alone cancels: the answer that stands there changes nothing', async () => {
    const { disable, bytes, before } = await atTheKeyboard();
    const { screen, exitCode } = await disable([{ after: QUESTION, type: ENTER }]);
    expect(exitCode).toBe(3);
    expect(screen).toContain('9 policies would change what they enforce');
    expect(screen).toContain('Declined: signaling stays enabled. Nothing was written.');
    expect(bytes()).toBe(before);
  });

  test('one down and Enter switches them to report-only first', async () => {
    const { disable, tenant } = await atTheKeyboard();
    const { screen, exitCode } = await disable([{ after: QUESTION, type: DOWN + ENTER }]);
    expect(exitCode).toBe(0);
    expect(screen).toContain('Signaling is now disabled.');
    expect(new Set(statesOf(tenant()))).toEqual(new Set(['enabledForReportingButNotEnforced']));
  });

  test('deleting them takes a second question too, and they are restorable', async () => {
    const { disable, bytes, before, tenant } = await atTheKeyboard();
    const remove = { after: QUESTION, type: DOWN + DOWN + ENTER };
    expect((await disable([remove, { after: DELETING, type: ENTER }])).exitCode).toBe(3);
    expect(bytes()).toBe(before);
    const { screen, exitCode } = await disable([remove, { after: DELETING, type: `y${ENTER}` }]);
    expect(exitCode).toBe(0);
    expect(screen).toContain('gsa policy restore');
    // The four that would stop nobody newly are left as they are.
    expect(statesOf(tenant())).toEqual(['enabled', 'enabled', 'enabled', 'enabled']);
    expect(tenant().deletedItems.policies).toHaveLength(5);
  });

  test('keeping them takes a second question, whose answer is no unless it is typed', async () => {
    const { disable, bytes, before, tenant } = await atTheKeyboard();
    const keep = { after: QUESTION, type: DOWN.repeat(4) + ENTER };
    expect((await disable([keep, { after: KEEPING, type: ENTER }])).exitCode).toBe(3);
    expect(bytes()).toBe(before);
    expect((await disable([keep, { after: KEEPING, type: `y${ENTER}` }])).exitCode).toBe(0);
    expect(tenant().globalSecureAccess.conditionalAccess.signalingStatus).toBe('disabled');
    expect(new Set(statesOf(tenant()))).toEqual(new Set(['enabled']));
  });

  test('policy by policy: two tick lists, and each is done with as it was ticked', async () => {
    const { disable, tenant } = await atTheKeyboard();
    const { exitCode, screen } = await disable([
      { after: QUESTION, type: DOWN.repeat(3) + ENTER },
      { after: 'Switch which to report-only?', type: `a ${ENTER}` },
      { after: 'Delete which of the others?', type: ` ${ENTER}` },
      { after: 'Delete 1 policy?', type: `y${ENTER}` },
    ]);
    expect(exitCode).toBe(0);
    expect(screen).toContain('CA003 Block Finance outside trusted locations (newly blocked)');
    expect(tenant().deletedItems.policies).toHaveLength(1);
    expect(statesOf(tenant())).toEqual(Array(8).fill('enabledForReportingButNotEnforced'));
  });

  test('policy by policy with nothing but Enter keeps them all, and then declines', async () => {
    const { disable, bytes, before } = await atTheKeyboard();
    const { exitCode } = await disable([
      { after: QUESTION, type: DOWN.repeat(3) + ENTER },
      { after: 'Switch which to report-only?', type: ENTER },
      { after: 'Delete which of the others?', type: ENTER },
      { after: KEEPING, type: ENTER },
    ]);
    expect(exitCode).toBe(3);
    expect(bytes()).toBe(before);
  });

  test.each([
    ['Esc', '\u001b'],
    ['Ctrl-C', '\u0003'],
  ])('%s leaves a tick list, whatever was ticked', async (_key, type) => {
    const { disable, bytes, before } = await atTheKeyboard();
    const { exitCode, screen } = await disable([
      { after: QUESTION, type: DOWN.repeat(3) + ENTER },
      { after: 'Switch which to report-only?', type: ' ' },
      { after: '◉', type },
    ]);
    expect([exitCode, bytes()]).toEqual([130, before]);
    expect(screen).toContain('nothing was changed');
  });

  test('a terminal that cannot move its cursor ticks by numbers', async () => {
    const { disable, tenant } = await atTheKeyboard();
    const { exitCode } = await disable(
      [
        { after: 'Type a number', type: `4${ENTER}` },
        { after: 'Type numbers', type: `1, 99${ENTER}` },
        { after: 'Type numbers', type: `2,3,4,5,6,7,8,9${ENTER}` },
        { after: 'Type numbers', type: `1${ENTER}` },
        { after: 'Delete 1 policy?', type: `y${ENTER}` },
      ],
      { env: { TERM: 'dumb' } },
    );
    expect(exitCode).toBe(0);
    expect(statesOf(tenant())).toEqual(Array(8).fill('enabledForReportingButNotEnforced'));
  });

  for (const [key, type] of [
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
    ['Esc', '\u001b'],
  ] as const) {
    test(`${key} leaves it: exit 130, one line, the cursor is back, nothing changed`, async () => {
      const { disable, bytes, before } = await atTheKeyboard();
      const { screen, raw, exitCode } = await disable([{ after: QUESTION, type }]);
      expect(exitCode).toBe(130);
      expect(screen).toContain('gsa: interrupted at the question; nothing was changed');
      expect(raw.lastIndexOf('\u001b[?25h')).toBeGreaterThan(raw.lastIndexOf('\u001b[?25l'));
      expect(bytes()).toBe(before);
    });
  }

  for (const [key, type, wanted] of [
    ['Ctrl-C', '\u0003', 130],
    ['Ctrl-D', '\u0004', 0],
    ['Esc', '\u001b', 0],
  ] as const) {
    test(`${key} in the list of gsa logs -i ends it with ${wanted}`, async () => {
      const { home, cwd } = await atTheKeyboard();
      const record = { ...{ id: '5f000000-0000-4000-8000-000000000001', createdDateTime: '2026-01-15T08:00:00Z' } };
      const whole = { ...record, userPrincipalName: 'joni.sherman@contoso.com', appId: 'a', ipAddress: '203.0.113.9' };
      writeFileSync(join(cwd, 's.ndjson'), JSON.stringify(whole));
      await runOnTerminal('gsa replay s.ndjson --quiet', { cwd, home });
      const run = await runOnTerminal('gsa logs -i', { cwd, home, keys: [{ after: 'Esc leaves', type }] });
      expect([run.exitCode, run.output.includes('Error:')]).toEqual([wanted, false]);
      expect(run.output.includes('gsa: interrupted')).toBe(wanted === 130);
    });
  }

  test('Ctrl-C at the second question leaves too', async () => {
    const { disable, bytes, before } = await atTheKeyboard();
    const keys = [
      { after: QUESTION, type: DOWN.repeat(4) + ENTER },
      { after: KEEPING, type: '\u0003' },
    ];
    expect((await disable(keys)).exitCode).toBe(130);
    expect(bytes()).toBe(before);
  });

  test('SIGTERM at the question ends it with 143, and nothing is changed', async () => {
    const { disable, bytes, before } = await atTheKeyboard();
    const { exitCode, screen } = await disable([{ after: QUESTION, signal: 'SIGTERM' }]);
    expect(exitCode).toBe(143);
    expect(screen).toContain('gsa: interrupted at the question; nothing was changed');
    expect(bytes()).toBe(before);
  });

  test('a terminal that cannot move its cursor is asked line by line, without escapes', async () => {
    const { disable, bytes, before, tenant } = await atTheKeyboard();
    const dumb = { env: { TERM: 'dumb' } };
    const declined = await disable([{ after: 'Type a number', type: ENTER }], dumb);
    expect(declined.exitCode).toBe(3);
    expect(declined.raw).not.toContain('\u001b');
    expect((await disable([{ after: 'Type a number', type: '\u0004' }], dumb)).exitCode).toBe(130);
    expect(bytes()).toBe(before);
    const wrongThenRight = [
      { after: 'Type a number', type: `9${ENTER}` },
      { after: 'Type a number', type: `2${ENTER}` },
    ];
    expect((await disable(wrongThenRight, dumb)).exitCode).toBe(0);
    expect(tenant().globalSecureAccess.conditionalAccess.signalingStatus).toBe('disabled');
  });

  test('twenty columns are enough to answer', async () => {
    const { disable, bytes, before } = await atTheKeyboard();
    const { exitCode, screen } = await disable([{ after: 'navigate', type: ENTER }], { columns: 20 });
    expect(exitCode).toBe(3);
    expect(screen).toContain('CA003');
    expect(bytes()).toBe(before);
  });

  test('--delete-policies asks before it deletes, and Enter is no', async () => {
    const { disable, bytes, before } = await atTheKeyboard();
    const { exitCode } = await disable([{ after: 'Delete 5 policies', type: ENTER }], {}, '--delete-policies');
    expect(exitCode).toBe(3);
    expect(bytes()).toBe(before);
  });
});
