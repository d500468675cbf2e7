import { plural } from '../values/plural.ts';
import type { Failure, Mismatch, Verdict } from './result.ts';
import type { TestOf } from './suite.ts';

/** What a command of ours did to a copy of the tenant. */
export interface CommandOutcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly changed: boolean;
}

/** Lines of output that a failure shows. */
const MOST_LINES = 5;

export function runCommandTest({ expect, command }: TestOf<'command'>, outcome: CommandOutcome): Verdict {
  const mismatches: Mismatch[] = [];
  if (outcome.exitCode !== expect.exit) {
    mismatches.push({ member: 'exit', expected: String(expect.exit), got: String(outcome.exitCode) });
  }
  const state = outcome.changed ? 'changed' : 'unchanged';
  if (expect.tenant !== undefined && expect.tenant !== state) {
    mismatches.push({ member: 'tenant', expected: expect.tenant, got: state });
  }
  for (const stream of ['stdout', 'stderr'] as const) {
    for (const text of expect[stream] ?? []) {
      if (!outcome[stream].includes(text))
        mismatches.push({ member: stream, expected: `holds \`${text}\``, got: 'does not' });
    }
  }
  if (mismatches.length === 0) return { cases: 0, failures: [] };
  const failure: Failure = {
    subject: `gsa ${command.join(' ')}`,
    status: 'failed',
    mismatches,
    because: [...said('stdout', outcome.stdout), ...said('stderr', outcome.stderr)],
    decidedBy: [],
    reproduce: undefined,
    hint: undefined,
    alike: 0,
  };
  return { cases: 0, failures: [failure] };
}

function said(stream: string, text: string): string[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const shown = lines.slice(0, MOST_LINES).map((line) => `${stream}: ${line}`);
  return lines.length > shown.length
    ? [...shown, `${stream}: … and ${plural(lines.length - shown.length, 'more line')}`]
    : shown;
}
