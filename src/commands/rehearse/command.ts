import { Option } from 'commander';
import { CHANGE_CLASSES } from '../../core/conditional-access/outcome/change.ts';
import { planToSave, savedPlanText } from '../../core/tenant/plans/saved-plan.ts';
import { serve } from '../../serve/server.ts';
import { SupposedState } from '../../serve/tenant-state.ts';
import type { Session } from '../../shell/session.ts';
import { GsaError } from '../../trouble/error.ts';
import { acting } from '../acting.ts';
import { defineCommand } from '../command.ts';
import { dependentPolicy } from '../dependents.ts';
import { examples } from '../examples.ts';
import { parts } from '../options.ts';
import { savedPlanHint } from '../saved-plan-hint.ts';
import { clientVariables, consequences, serveOptions, serveWorld } from '../serving.ts';

interface Options {
  readonly allow?: true;
  readonly save?: string;
  readonly failOn: readonly string[];
}

const GATES: readonly string[] = ['stopped', ...CHANGE_CLASSES.filter((each) => each !== 'unchanged'), 'none'];

export const command = defineCommand<[readonly string[]], Options>({
  startsOthers: true,
  declare: (command) =>
    command
      .description(
        'Runs a change script, as it is, against a simulation of Microsoft Graph: az, m365, Graph SDKs and curl reach it through ' +
          'variables that are set for the script alone. Nothing is written. Tells what the script changed as a plan and whom it ' +
          'would stop. A request that would disable signaling while policies newly stop people is refused (409), and then this ' +
          'exits with 3; --allow answers as Microsoft does. Sign in inside of the script: az starts with an empty profile.',
      )
      .argument('<command...>', 'the program and its words, behind --')
      .option('--allow', 'let signaling be disabled whoever is stopped, to hear at the end who that is')
      .option('--save <file>', 'write what the script did as a plan')
      .addOption(
        new Option('--fail-on <gates>', `exit 1 when there are any of these: ${GATES.join(', ')}`)
          .argParser(gates)
          .default(['stopped', 'unknown'], 'stopped,unknown'),
      )
      .addHelpText(
        'after',
        '\nThe gate also fails where the command asks nothing, or where a change of it\nor its login comes to nothing.',
      )
      .addHelpText('after', examples('gsa rehearse -- ./change.sh', 'gsa rehearse --save plan.json -- pwsh change.ps1'))
      .addHelpText('after', '\nClients, routes and a whole example: docs/serve.md'),
  run: async (session, [words], options) => {
    // The words behind the program may hold a secret, such as those of `az login`: neither plan nor report has them.
    const [program = ''] = words;
    const start = session.tenants().read();
    acting(session, start.tenant, ['policy.read']);
    const state = new SupposedState(start);
    const { world, refused } = serveWorld(session, state, {
      readOnly: false,
      guarded: options.allow !== true,
      keepsDenied: false,
    });
    const { exitCode, requests, failedRequests } = await session.hearing(() => ranAgainst(session, world, words));
    session.interrupted.throwIfAborted();
    const made = state.made();
    const after = await consequences(session, start.tenant, state.read().tenant, made, options.failOn);
    const { save } = options;
    if (save !== undefined) {
      const plan = planToSave(made, start, { at: session.now(), by: `gsa rehearse -- ${program}` });
      await session.writeFile(save, savedPlanText(plan));
    }
    const failed = after.failed.length > 0 || exitCode !== 0 || failedRequests > 0 || requests === 0;
    return {
      report: {
        kind: 'rehearsal',
        data: {
          command: program,
          exitCode,
          requests,
          failedRequests,
          written: false,
          refused: [...refused.values()].map((each) => dependentPolicy(each, 'disabled')),
          savedTo: save ?? null,
          ...after,
        },
      },
      verdict: refused.size > 0 ? 'refused' : failed ? 'findings' : 'ok',
      ...(save === undefined ? {} : { hint: await savedPlanHint(session, save, start.tenant, made) }),
    };
  },
});

/** Runs the program before the served world, and tells what it asked of it. */
async function ranAgainst(session: Session, world: Parameters<typeof serve>[0], words: readonly string[]) {
  const served = await serve(world, serveOptions(session, 0, true));
  let exitCode: number;
  try {
    const variables = clientVariables(served.proxyUrl ?? '', served.certificate);
    exitCode = await session.runProgram(words, { ...variables, AZURE_CONFIG_DIR: `${served.certificate}.az` });
  } finally {
    await served.stop();
  }
  return { exitCode, requests: served.requests(), failedRequests: served.failedRequests() };
}

function gates(text: string): readonly string[] {
  const unknown = parts(text).find((word) => !GATES.includes(word));
  if (unknown !== undefined) {
    throw new GsaError('usage', `unknown gate \`${unknown}\``, { hint: `one of: ${GATES.join(', ')}` });
  }
  return parts(text).filter((word) => word !== 'none');
}
