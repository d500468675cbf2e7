import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { applyPlan } from '../core/tenant/plans/edit.ts';
import type { Tenant } from '../core/tenant/tenant.ts';
import { isSameJson } from '../core/values/same-json.ts';
import { TenantFile } from '../store/tenant/file.ts';
import { Confinement } from './confinement.ts';
import type { Context, Output } from './context.ts';
import { makeOwnFolder } from './left-behind.ts';

/** One command line in this process, from words to exit code: `main` itself. */
export type RunCommandLine = (argv: readonly string[], context: Context) => Promise<number>;

/** What a command did to a copy of a tenant. */
export interface Rehearsal {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly changed: boolean;
}

/** The folder and the clock of a rehearsal. */
export interface Stage {
  readonly tenant: Tenant;
  readonly now: string;
  /** Folder that relative paths of the command are meant from. */
  readonly cwd: string;
  /** Folder below which the command may read. */
  readonly root: string;
  /** The administrator who acts where the command names none. */
  readonly as: string | undefined;
}

/** Stands in the words of a command for a folder of its own, which goes with the copy. */
const SCRATCH = '{scratch}';

/**
 * Runs a command on a copy of a tenant in a folder of its own, with a fixed clock, without a terminal, and without anything of
 * the user's environment. The folder is gone afterwards. Throws GsaError `invalid` where the command names another tenant,
 * reads outside of the root, writes outside of the scratch folder, or is one that starts others.
 */
export async function rehearse(
  run: RunCommandLine,
  argv: readonly string[],
  stage: Stage,
  context: Context,
): Promise<Rehearsal> {
  // Heard, so that the folder goes also where somebody stops it.
  return await context.hearing(() => rehearsed(run, argv, stage, context));
}

async function rehearsed(
  run: RunCommandLine,
  argv: readonly string[],
  { tenant, now, cwd, root, as }: Stage,
  context: Context,
): Promise<Rehearsal> {
  const folder = await makeOwnFolder('rehearsal');
  try {
    const path = join(folder, 'tenant.json');
    const scratch = join(folder, 'scratch');
    await mkdir(scratch);
    const before = await copied(tenant, path, now, context.newId());
    const [stdout, stderr] = [new Kept(), new Kept()];
    const confinement = new Confinement({ tenant: path, reads: [root], writes: scratch });
    const words = argv.map((word) => word.replaceAll(SCRATCH, scratch));
    const exitCode = await run(words, {
      env: { HOME: folder, GSA_TENANT: path, GSA_NOW: now, ...(as === undefined ? {} : { GSA_AS: as }) },
      cwd,
      stdin: { isTTY: false, [Symbol.asyncIterator]: nothing },
      stdout,
      stderr,
      now: () => new Date(now),
      newId: context.newId,
      interrupted: context.interrupted,
      hearing: context.hearing,
      computing: context.computing,
      confinement,
      createPrompter: () => Promise.reject(new Error('nobody is asked while a command is rehearsed')),
    });
    context.interrupted.throwIfAborted();
    if (confinement.refusal !== undefined) throw confinement.refusal;
    const after = new TenantFile(path, applyPlan).read().tenant;
    // The folder's name is of no interest, and different every time.
    const shown = (text: string) => text.replaceAll(scratch, SCRATCH).replaceAll(folder, '<copy>');
    return { exitCode, stdout: shown(stdout.text), stderr: shown(stderr.text), changed: !isSameJson(before, after) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes the tenant into a file of its own, and reads it as the command will. */
async function copied(tenant: Tenant, path: string, dateTime: string, transactionId: string): Promise<Tenant> {
  const store = new TenantFile(path, applyPlan);
  const signature = { dateTime, actor: 'gsa test', role: 'owner of the copy', transactionId, command: 'gsa test' };
  await store.create(tenant, { force: false, signature, lockTimeout: 10_000 });
  return store.read().tenant;
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
