import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TerminalOptions } from '../support/terminal.ts';
import { runOnTerminal } from '../support/terminal.ts';

let home: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'gsa-pager-'));
  await runOnTerminal('gsa init --quiet', { cwd: home, home });
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const MARK = "sed 's/^/paged: /'";
const on = (command: string, env: Record<string, string>, more: Partial<TerminalOptions> = {}) =>
  runOnTerminal(command, { cwd: home, home, env, ...more });

describe('a pager on a terminal', () => {
  test('is GSA_PAGER, or else PAGER, and every line goes through it', async () => {
    for (const env of [{ GSA_PAGER: MARK }, { PAGER: MARK }, { GSA_PAGER: MARK, PAGER: 'false' }]) {
      const { output, exitCode } = await on('gsa location list', env);
      const lines = output.trimEnd().split('\n');
      expect([exitCode, lines.every((line) => line.startsWith('paged: '))]).toEqual([0, true]);
      expect(output).toContain('Headquarters');
    }
  });

  test.each([
    ['--no-pager', 'gsa location list --no-pager', { GSA_PAGER: MARK }],
    ['an empty GSA_PAGER', 'gsa location list', { GSA_PAGER: '', PAGER: MARK }],
    ['cat', 'gsa location list', { GSA_PAGER: 'cat', PAGER: MARK }],
    ['a pipe', 'gsa location list | cat', { GSA_PAGER: MARK }],
    ['a script for a shell', 'gsa completion bash', { GSA_PAGER: MARK }],
    ['no pager named', 'gsa location list', {}],
  ])('is not used with %s', async (_why, command, env) => {
    const { output, exitCode } = await on(command, env);
    expect([exitCode, output.includes('paged: ')]).toEqual([0, false]);
  });

  test('that is left early is no failure, and the verdict stays', async () => {
    const left = await on('gsa policy list', { GSA_PAGER: 'head -1' });
    expect([left.exitCode, left.output.trimEnd().split('\n').length]).toEqual([0, 1]);
    const gate = await on('gsa check --fail-on warning', { GSA_PAGER: 'true' });
    expect([gate.exitCode, gate.output]).toEqual([1, '']);
  });

  test('that is not there loses the page and says so, not the verdict', async () => {
    const run = await on('gsa check --fail-on warning', { GSA_PAGER: 'no-such-pager' });
    expect(run.exitCode).toBe(1);
    expect(run.output).toContain('no-such-pager');
  });

  test('ends before anything is said on stderr', async () => {
    const { output } = await on('gsa signaling status', { GSA_PAGER: `${MARK}; echo the end` });
    expect(output).toMatch(/the end\n`gsa policy dependencies` names these policies/);
  });
});
