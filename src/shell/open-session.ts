import type { RenderSettings } from '../output/render-settings.ts';
import type { Context } from './context.ts';
import type { Talking } from './progress.ts';
import type { RunCommandLine } from './rehearse.ts';
import { openInvoked } from './session/invoked.ts';
import { openNamedFiles, placesOf } from './session/named-files.ts';
import { openStores } from './session/stores.ts';
import { openSurroundings } from './session/surroundings.ts';
import { openTalk } from './session/talk.ts';
import type { GlobalOptions, Session } from './session.ts';

/** A session on the real stores of one command line. `now` is the fixed clock of `--now`. */
export function openSession(
  context: Context & Talking,
  {
    globals,
    now,
    settings,
  }: { readonly globals: GlobalOptions; readonly now: string | undefined; readonly settings: RenderSettings },
  commandLine: string,
  program: Session['program'],
  run: RunCommandLine,
): Session {
  const places = placesOf(context);
  const invoked = openInvoked(context, globals, now, commandLine);
  const session = {
    ...invoked,
    ...openStores(context, invoked, places),
    ...openTalk(context, globals, settings),
    ...openNamedFiles(context, places),
    ...openSurroundings(context, program, run),
  };
  const diagnose = async (variables: readonly string[]) =>
    (await import('./diagnose.ts')).diagnose(session, context, { version: (await program([])).version, variables });
  return { ...session, diagnose };
}
