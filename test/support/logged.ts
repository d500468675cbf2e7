import { join } from 'node:path';
import type { LoggedSignIn, SignIn } from '../../src/core/conditional-access/record/sign-in.ts';
import { SignInFile } from '../../src/store/sign-in-log/sign-in-log.ts';
import type { CommandOptions, CommandRun, Workplace } from './in-process.ts';
import { workplace } from './in-process.ts';
import { loggedSignIn } from './store-samples.ts';

/** A tenant with a log of its own, and what `gsa logs` says of it. */
export interface LoggedPlace extends Workplace {
  /** Appends to the log as another process would. */
  append(...signIns: readonly LoggedSignIn[]): void;
  /** The ids of the sign-ins that are shown, in their order. */
  ids(options?: readonly string[], more?: CommandOptions): Promise<readonly string[]>;
}

export async function loggedPlace(...signIns: readonly LoggedSignIn[]): Promise<LoggedPlace> {
  const place = workplace();
  await place.gsa('init');
  const append = (...more: readonly LoggedSignIn[]) => {
    const log = new SignInFile(join(place.folder, 'tenant.signins.db'), JSON.parse(place.bytes()).lineage);
    log.append(more);
    log.close();
  };
  append(...signIns);
  return {
    ...place,
    append,
    ids: async (options = [], more = {}) => idsOf(await place.gsa(['logs', '-o', 'json', ...options], more)),
  };
}

export function idsOf(run: CommandRun): readonly string[] {
  if (run.exitCode !== 0) throw new Error(run.stderr);
  return (run.json()['value'] as readonly SignIn[]).map(({ id }) => id);
}

/** A sign-in with this id: through the tunnel, granted, on 14 January at noon unless told. */
export function signIn(
  id: string,
  record: Partial<SignIn> = {},
  replay: Partial<LoggedSignIn['replay']> = {},
): LoggedSignIn {
  return loggedSignIn(
    {
      id,
      createdDateTime: '2026-01-14T12:00:00Z',
      userPrincipalName: 'joni.sherman@contoso.com',
      resourceDisplayName: 'Office 365 Exchange Online',
      ipAddress: '203.0.113.25',
      ...record,
    },
    replay,
  );
}
