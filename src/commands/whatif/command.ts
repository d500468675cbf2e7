import type { Command } from 'commander';
import { Option } from 'commander';
import { compile } from '../../core/conditional-access/compile.ts';
import { evaluate } from '../../core/conditional-access/evaluate.ts';
import { withTunnelOwner } from '../../core/conditional-access/facts/tunnel-owner.ts';
import { observingAhead } from '../../core/conditional-access/observing.ts';
import { analyze } from '../../core/conditional-access/what-if/answer.ts';
import { readWhatIfRequest } from '../../core/conditional-access/what-if/request.ts';
import { underUnseenPolicies } from '../../core/conditional-access/what-if/unseen-policies.ts';
import { USER_ACTIONS } from '../../core/graph/words.ts';
import type { SignInAttempt } from '../../core/signaling/attempt.ts';
import { observe } from '../../core/signaling/observe.ts';
import type { SignalingStatus } from '../../core/tenant/tenant.ts';
import { readWhatIfFile } from '../../intake/what-if-file.ts';
import { acting } from '../acting.ts';
import type { Result } from '../command.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { heedAssumedStatus } from '../known-status.ts';
import { addressNamed, countryNamed, VIAS } from '../network-options.ts';
import { choicesOf, each, list } from '../options.ts';
import { storyReport } from '../story.ts';
import { answerQuestions } from './batch.ts';
import { signalingOption } from './signaling-option.ts';
import { factOptions } from './supposed-facts.ts';
import type { Supposition } from './supposed-sign-in.ts';
import { SATISFIED, supposedSignIn, TUNNELS } from './supposed-sign-in.ts';

interface Options extends Supposition {
  readonly request?: string;
  readonly from?: string;
  readonly appliedOnly?: true;
  readonly signaling: 'current' | SignalingStatus;
}

export const command = defineCommand<[], Options>({
  changesNothing: true,
  formats: ['graph', 'lists', 'html'],
  declare: (command) => {
    const supposed = declareSupposition(command).options.map((option) => option.attributeName());
    command
      .addOption(
        new Option(
          '--request <file>',
          'a body of Graph’s POST /identity/conditionalAccess/evaluate instead of the options',
        ).conflicts(supposed),
      )
      .addOption(
        new Option(
          '--from <csv>',
          'answer every row of a file, whose first row names these options (user, app, source-ip, via …; name is ' +
            'yours); the answers are a table',
        ).conflicts([...supposed, 'request', 'appliedOnly']),
      )
      .option('--applied-only', 'only the policies that apply')
      .addOption(signalingOption().default('current'))
      .description(
        'Supposes one sign-in and tells what every policy does to it and why: every condition that is not met (Microsoft’s tool ' +
          'names the first only), the address Entra ID sees, the named locations that hold it and by which range, and the ' +
          'nearest change that would turn the result. What you do not say about risk and flows is `none`, the client is a ' +
          'browser, the device is unregistered and nothing is satisfied; country and platform stay unknown, and so does what you call `unknown`. -o graph gives ' +
          'the response of Graph’s evaluate.',
      )
      .addHelpText(
        'after',
        examples(
          'gsa whatif --user joni.sherman@contoso.com --source-ip 203.0.113.25 \\',
          '  --country NL --via gsa --app "Office 365 Exchange Online"',
          'gsa whatif --request body.json -o graph',
          'gsa whatif --from questions.csv -o csv',
        ),
      );
  },
  run: async (session, _args, options) => {
    const { tenant: known } = session.tenants().read();
    acting(session, known, ['policy.read']);
    const current = known.globalSecureAccess.conditionalAccess.signalingStatus;
    const signalingStatus = options.signaling === 'current' ? current : options.signaling;
    if (options.signaling === 'current' && options.request === undefined)
      await heedAssumedStatus(session, known, false);
    if (options.from !== undefined) {
      return answerQuestions(session.toRead(options.from), known, signalingStatus, declareSupposition);
    }
    const request = options.request === undefined ? undefined : await readWhatIfFile(session.toRead(options.request));
    const supposed = request === undefined ? supposedSignIn(known, options) : undefined;
    const tenant = supposed?.tenant ?? known;
    const compiled = compile(tenant);
    const observeWith = observingAhead(compiled);
    const seen = (attempt: SignInAttempt) => ({ attempt, observation: observe(attempt, signalingStatus, observeWith) });
    const { attempt, observation } =
      supposed === undefined
        ? readWhatIfRequest(request ?? {})
        : seen(withTunnelOwner(compiled.people, supposed.attempt));
    const evaluation = underUnseenPolicies(evaluate(compiled, attempt, observation), tenant);
    const onlyApplied = options.appliedOnly === true || request?.appliedPoliciesOnly === true;
    const story = storyReport(compiled, { attempt, signalingStatus, options: observeWith }, evaluation, {
      user: supposed?.user ?? 'the identity of the request',
      target: supposed?.target ?? 'the context of the request',
      createdDateTime: null,
      notes: [],
    });
    const report: Result['report'] = {
      kind: 'whatIf',
      data: {
        ...story,
        policies: story.policies.filter(({ applies }) => !onlyApplied || applies === 'yes'),
        graph: analyze(compiled, evaluation, attempt.target.kind, onlyApplied),
      },
    };
    return { report, ...hintFor(story.missing, options) };
  },
});

function declareSupposition(command: Command): Command {
  command
    .option('--user <user>', 'who signs in: user principal name, display name or id')
    .addOption(
      new Option('--service-principal <principal>', 'a workload identity instead: display name or id').conflicts(
        'user',
      ),
    )
    .option('--app <application>', 'resource that is asked for: name or application id; repeatable', list)
    .addOption(
      new Option('--user-action <action>', 'instead of an application')
        .choices(USER_ACTIONS.map(({ urn }) => urn.slice('urn:user:'.length)))
        .conflicts(['app', 'authContext']),
    )
    .option('--auth-context <context>', 'authentication context that the application asks for, such as c1')
    .option('--source-ip <ip>', 'the user’s own public address', addressNamed)
    .option('--country <code>', 'country of that address; none: it maps to no country', countryOrNone)
    .addOption(new Option('--via <path>', 'how the sign-in travels').choices(VIAS).default('direct'))
    .addOption(
      new Option(
        '--tunnel <owner>',
        'whose tunnel it is; left out: of a member this tenant’s own, of somebody from another tenant not known',
      ).choices(TUNNELS),
    )
    .option('--proxy-ip <ip>', 'egress address of Global Secure Access', addressNamed)
    .option('--proxy-country <code>', 'country of that address', countryOrNone)
    .option(
      '--gps-country <code>',
      'country of the position that Microsoft Authenticator shares; none: it shares none; left out: not known',
      countryOrNone,
    )
    .option(
      '--intranet-claim',
      'the sign-in has the claim of a federation server that it comes from inside the corporate network',
    );
  for (const option of factOptions()) command.addOption(option);
  return command
    .addOption(
      new Option('--satisfied <control>', 'control that the session satisfies already; repeatable')
        .choices(SATISFIED)
        .argParser(choicesOf(SATISFIED)),
    )
    .option(
      '--methods <combination>',
      'how the user authenticated, such as password,sms or fido2, which tells whether MFA was done',
    )
    .option(
      '--device <attribute=value>',
      'attribute of a registered device, for device filters; or unknown; repeatable',
      each,
    );
}

function countryOrNone(text: string): string {
  return text === 'none' ? text : countryNamed(text);
}

/** The options that tell each fact, the user's own first: where that one is given, it is the proxy's that is missing. */
const OPTIONS_FOR: readonly (readonly [fact: string, ...options: [name: string, given: keyof Options][]])[] = [
  ['countryOrRegion', ['--country', 'country'], ['--proxy-country', 'proxyCountry']],
  ['devicePlatform', ['--platform', 'platform']],
  ['ipAddress', ['--source-ip', 'sourceIp'], ['--proxy-ip', 'proxyIp']],
  ['compliantNetwork', ['--tunnel', 'tunnel']],
];

function hintFor(missing: readonly string[], given: Options): { readonly hint?: string } {
  const options = OPTIONS_FOR.filter(([fact]) => missing.includes(fact)).flatMap(
    ([, ...names]) => names.find(([, name]) => given[name] === undefined)?.[0] ?? [],
  );
  return options.length === 0 ? {} : { hint: `${options.join(' and ')} would tell more` };
}
