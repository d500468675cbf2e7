import { serve } from '../../serve/server.ts';
import { SupposedState, WrittenState } from '../../serve/tenant-state.ts';
import type { Session } from '../../shell/session.ts';
import { shellWord } from '../../trouble/shell-word.ts';
import { acting } from '../acting.ts';
import { defineCommand } from '../command.ts';
import { dependentPolicy } from '../dependents.ts';
import { examples } from '../examples.ts';
import { portNumber } from '../options.ts';
import { clientVariables, consequences, serveOptions, serveWorld } from '../serving.ts';

interface Options {
  readonly port?: number;
  readonly proxy?: true;
  readonly readOnly?: true;
  readonly allow?: true;
  readonly whatIf?: true;
}

export const command = defineCommand<[], Options>({
  startsOthers: true,
  declare: (command) =>
    command
      .description(
        'Answers the routes of Microsoft Graph over the tenant file, on the loopback address only, until it is interrupted: ' +
          'policies, named locations, signaling, people, logs and evaluate. A request that would disable signaling while ' +
          'policies newly stop people is refused (409). Tokens are unsigned and worth nothing elsewhere; every response says ' +
          'that it is simulated. Never trust its certificate beyond one shell.',
      )
      .option('--port <n>', 'port of the loopback address (default: any that is free)', portNumber)
      .option('--proxy', 'also a proxy through which unmodified clients reach it by the names of Microsoft’s hosts')
      .option('--read-only', 'refuse every change (403)')
      .option('--allow', 'let signaling be disabled whoever is stopped, as Microsoft does')
      .option('--what-if', 'answer as Microsoft does, write nothing, and tell at the end what all of it would do')
      .addHelpText('after', examples('gsa serve --proxy', 'gsa serve --port 8443 --what-if'))
      .addHelpText('after', '\nRoutes, clients and what differs from Microsoft’s: docs/serve.md'),
  run: async (session, _args, options) => {
    const store = session.tenants();
    const start = store.read();
    acting(session, start.tenant, ['policy.read']);
    const isSupposed = options.whatIf === true;
    const state = isSupposed ? new SupposedState(start) : new WrittenState(store, session.globals.lockTimeoutMs);
    const rules = {
      readOnly: options.readOnly === true,
      guarded: options.allow !== true && !isSupposed,
      keepsDenied: !isSupposed,
    };
    const { world, refused } = serveWorld(session, state, rules);
    const how = serveOptions(session, options.port ?? 0, options.proxy === true);
    const asked = await session.hearing(() => servedUntilInterrupted(session, world, how));
    const gates = isSupposed ? ['stopped', 'unknown'] : [];
    const after = await consequences(session, start.tenant, state.read().tenant, state.made(), gates);
    return {
      report: {
        kind: 'rehearsal',
        data: {
          command: null,
          exitCode: null,
          ...asked,
          written: !isSupposed && state.made().steps.length > 0,
          refused: [...refused.values()].map((each) => dependentPolicy(each, 'disabled')),
          savedTo: null,
          ...after,
        },
      },
      verdict: after.failed.length > 0 ? 'findings' : 'ok',
    };
  },
});

async function servedUntilInterrupted(session: Session, ...[world, options]: Parameters<typeof serve>) {
  const served = await serve(world, options);
  try {
    await session.say(`simulated Microsoft Graph on ${served.url}; Ctrl-C ends it`);
    for (const line of shellLines(served)) await session.say(line);
    await session.untilInterrupted();
  } finally {
    await served.stop();
  }
  return { requests: served.requests(), failedRequests: served.failedRequests() };
}

/** Lines to type in the one shell that is to reach the simulation; not for a profile, and never for a whole machine. */
function shellLines({
  proxyUrl,
  certificate,
}: {
  readonly proxyUrl: string | undefined;
  readonly certificate: string;
}) {
  if (proxyUrl === undefined) return [`its certificate, for this one client: ${certificate}`];
  const variables = Object.entries(clientVariables(proxyUrl, certificate));
  return ['for one shell:', ...variables.map(([name, value]) => `  export ${name}=${shellWord(value)}`)];
}
