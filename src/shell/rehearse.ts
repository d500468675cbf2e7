import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyPlan } from '../core/tenant/plans/edit.ts';
import type { Tenant } from '../core/tenant/tenant.ts';
import { isSameJson } from '../core/values/same-json.ts';
import { TenantFile } from '../store/tenant/file.ts';
import type { Context, Output } from './context.ts';

/** One command line in this process, from words to exit code: `main` itself. */
export type RunCommandLine = (argv: readonly string[], context: Context) => Promise<number>;

/** What a command did to a copy of a tenant. */
export interface Rehearsal {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly changed: boolean;
}

/** Where and when a command is rehearsed. */
export interface Stage {
  readonly tenant: Tenant;
  readonly now: string;
  /** Folder that relative paths of the command are meant from. */
  readonly cwd: string;
}

/**
 * Runs a command on a copy of a tenant in a folder of its own, with a fixed clock, without a terminal, and without anything of
 * the user's environment. The folder is gone afterwards.
 */
export async function rehearse(
  run: RunCommandLine,
  argv: readonly string[],
  { tenant, now, cwd }: Stage,
  context: Context,
): Promise<Rehearsal> {
  const folder = await mkdtemp(join(tmpdir(), 'gsa-rehearsal-'));
  try {
    const path = join(folder, 'tenant.json');
    const store = new TenantFile(path, applyPlan);
    const signature = {
      dateTime: now,
      actor: 'gsa test',
      role: 'owner of the copy',
      transactionId: context.newId(),
      command: 'gsa test',
    };
    await store.create(tenant, { force: false, signature, lockTimeout: 10_000 });
    const before = store.read().tenant;
    const [stdout, stderr] = [new Kept(), new Kept()];
    const exitCode = await run(['--tenant', path, '--now', now, ...argv], {
      env: { HOME: folder },
      cwd,
      stdin: { isTTY: false, [Symbol.asyncIterator]: nothing },
      stdout,
      stderr,
      now: () => new Date(now),
      newId: context.newId,
      interrupted: context.interrupted,
      createPrompter: () => Promise.reject(new Error('nobody is asked while a command is rehearsed')),
    });
    const after = new TenantFile(path, applyPlan).read().tenant;
    // The folder's name is of no interest, and different every time.
    const shown = (text: string) => text.replaceAll(folder, '<copy>');
    return { exitCode, stdout: shown(stdout.text), stderr: shown(stderr.text), changed: !isSameJson(before, after) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

class Kept implements Output {
  readonly isTTY = false;
  readonly columns = undefined;
  text = '';

  write(text: string): Promise<void> {
    this.text += text;
    return Promise.resolve();
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
