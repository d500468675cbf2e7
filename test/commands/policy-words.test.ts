import { describe, expect, test } from 'vitest';
import { workplace } from '../support/in-process.ts';

const MFA = 'CA001 Require MFA for administrators';

/** The command that a text names first in backticks, as words. */
function commandIn(text: string): string[] {
  const line = /`gsa ([^`]+)`/.exec(text)?.[1] ?? '';
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

describe('policies', () => {
  test('the hint after a deletion can be typed, and brings the policy back', async () => {
    const place = workplace();
    await place.gsa('init');
    const deleted = await place.gsa(['policy', 'delete', MFA, '--yes']);
    const restored = await place.gsa(commandIn(deleted.stderr));
    expect([restored.exitCode, restored.stdout]).toEqual([0, expect.stringContaining('restored, report-only')]);
  });

  test('the hint after a switch that deleted says what to put in', async () => {
    const place = workplace();
    await place.gsa('init');
    const { stderr } = await place.gsa('signaling disable --delete-policies --yes');
    expect(stderr).toContain('`gsa policy restore <policy>`');
  });

  test('restoring says its default state in the words that it takes', async () => {
    const { stdout } = await workplace().gsa('policy restore --help');
    expect(stdout.replace(/\s+/g, ' ')).toContain('enabled, disabled or report-only (default: report-only)');
  });

  test.each([
    ['enable', 'If disabled', 'If enabled'],
    ['disable --keep-policies', 'If enabled', 'If disabled'],
  ])('after signaling %s a narrow screen keeps what the next switch would do', async (line, kept, dropped) => {
    const place = workplace();
    await place.gsa('init');
    await place.gsa(`signaling ${line}`);
    const { stdout } = await place.gsa('policy dependencies', { columns: 80 });
    const [head = ''] = stdout.split('\n').filter((each) => each.includes('Policy'));
    expect(head).toContain(kept);
    expect(head).not.toContain(dropped);
    expect(stdout).toMatch(new RegExp(`Left out for want of width: .*${dropped}`));
  });
});
