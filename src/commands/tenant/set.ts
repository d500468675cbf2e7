import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import type { KnowableList } from '../../core/tenant/knowledge.ts';
import { KNOWABLE_LISTS } from '../../core/tenant/knowledge.ts';
import { findUser } from '../../core/tenant/lookup.ts';
import type { SettingsEdit } from '../../core/tenant/plans/settings.ts';
import { planSettings } from '../../core/tenant/plans/settings.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import { isGuid } from '../../core/values/guid.ts';
import type { StoredTenant } from '../../store/types.ts';
import { GsaError } from '../../trouble/error.ts';
import { change } from '../change.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { theOne } from '../find.ts';
import { addressNamed, PATHS, rangeNamed, VIAS } from '../network-options.ts';
import { guid, isoDateOrTime, list, milliseconds, parts, positiveInteger, UNITS } from '../options.ts';

const ANSWERS = ['yes', 'no', 'unknown'] as const;
type Answer = (typeof ANSWERS)[number];

interface Options {
  readonly signInLogDelay?: number;
  readonly signInLogRetention?: number | 'off';
  readonly defaultAdministrator?: string;
  readonly tenantId?: string;
  readonly created?: string;
  readonly baselineScopes?: string;
  readonly securityDefaults?: 'on' | 'off' | 'unknown';
  readonly actingFrom?: string;
  readonly actingVia?: (typeof VIAS)[number];
  readonly actingProxyIp?: string;
  readonly entraIdPlan?: 'free' | 'P1' | 'P2' | 'unknown';
  readonly onboardingStatus?: string;
  readonly mfaTrustedIps?: readonly string[];
  readonly egressRanges?: readonly string[];
  readonly restoresSharepointAndExchange?: Answer;
  readonly restoresForeignTunnels?: Answer;
  readonly microsoftTrafficProfile?: 'enabled' | 'disabled' | 'unknown';
  readonly known?: readonly KnowableList[];
  readonly notKnown?: readonly KnowableList[];
  readonly emergencyAccess?: readonly string[];
  readonly dryRun?: true;
}

/** Graph's `networkaccess.onboardingStatus` (META), and the word for what was not imported. */
const ONBOARDING = [
  'onboarded',
  'onboardingInProgress',
  'onboardingErrorOccurred',
  'offboarded',
  'offboardingInProgress',
  'offboardingErrorOccurred',
  'unknown',
];

export const command = defineCommand<[], Options>({
  declare: (command) =>
    declareSettings(command)
      .option('--dry-run', 'print the plan, write nothing')
      .description(
        'Changes settings of the tenant: those of the simulation, and those that no export carries. Several at once are one ' +
          'write; each is its own entry of the audit journal, and `gsa undo` takes all of them back.',
      )
      .addHelpText(
        'after',
        '\nA list that the tenant file lacks is not known, and no gate is green on it.\n--known says that there are no more.',
      )
      .addHelpText(
        'after',
        examples(
          'gsa tenant set --known users,groups',
          'gsa tenant set --sign-in-log-delay 5m --sign-in-log-retention 30',
          'gsa tenant set --mfa-trusted-ips 203.0.113.0/24,198.51.100.0/27',
          'gsa tenant set --default-administrator none',
        ),
      ),
  run: (session, _args, options) => {
    const { dryRun, ...settings } = options;
    if (Object.keys(settings).length === 0) {
      throw new GsaError('usage', 'no setting is given', { hint: 'see `gsa tenant set --help`' });
    }
    return change(session, ({ tenant }) => planSettings(tenant, editOf(tenant, settings), session.newId()), {
      dryRun: dryRun === true,
      operations: ['tenant.write'],
      nothing: 'Every setting is so already.',
      warnings: (stored) => warningsOf(stored, options),
    });
  },
});

function declareSettings(command: Command): Command {
  return command
    .option(
      '--sign-in-log-delay <duration>',
      'how long after a sign-in `gsa logs` shows it, such as 2m; 5m where it was never set; 0: at once',
      minutes,
    )
    .option('--sign-in-log-retention <days|off>', 'days that `gsa replay` keeps in the log', daysOrOff)
    .option('--tenant-id <id>', 'id of the tenant, where `init --empty` made one up', guid)
    .option(
      '--created <date>',
      'when the tenant was created, where `init --empty` was not told: decides how signaling starts',
      isoDateOrTime,
    )
    .option('--default-administrator <user|none>', 'who acts when nobody is named')
    .option('--acting-from <ip|unknown>', 'public address of administrators, for the audit journal', addressOrUnknown)
    .addOption(new Option('--acting-via <path>', 'how administrators reach Microsoft Entra').choices(VIAS))
    .option('--acting-proxy-ip <ip|unknown>', 'egress address of Global Secure Access for them', addressOrUnknown)
    .addOption(new Option('--entra-id-plan <plan>', 'edition of Entra ID').choices(['free', 'P1', 'P2', 'unknown']))
    .addOption(new Option('--onboarding-status <status>', 'of Global Secure Access').choices(ONBOARDING))
    .option(
      '--mfa-trusted-ips <cidr|none|unknown>',
      'trusted IPs of multifactor authentication, IPv4; repeatable',
      list,
    )
    .option('--egress-ranges <cidr|published>', 'egress of Global Secure Access where yours differs; repeatable', list)
    .option(
      '--baseline-scopes <scope>',
      'setting for sign-ins that ask for baseline scopes only: enforced, disabled, or the id of an application in their place',
      baselineScopesNamed,
    )
    .addOption(new Option('--security-defaults <state>', 'of the tenant').choices(['on', 'off', 'unknown']))
    .addOption(
      new Option('--restores-sharepoint-and-exchange <answer>', 'whether these see the restored address').choices(
        ANSWERS,
      ),
    )
    .addOption(
      new Option(
        '--restores-foreign-tunnels <answer>',
        'whether sign-ins through another tenant’s Global Secure Access come with the user’s own address',
      ).choices(ANSWERS),
    )
    .addOption(
      new Option('--microsoft-traffic-profile <state>', 'of Global Secure Access').choices([
        'enabled',
        'disabled',
        'unknown',
      ]),
    )
    .option(
      '--known <list>',
      `the tenant has no more of these than its file: ${KNOWABLE_LISTS.join(', ')}; repeatable`,
      lists,
    )
    .option('--not-known <list>', 'there may be others, or nobody has seen them; repeatable', lists)
    .option('--emergency-access <user|none>', 'all emergency access accounts; others lose the mark; repeatable', list);
}

function lists(text: string, previous: readonly KnowableList[] | undefined): readonly KnowableList[] {
  return [...(previous ?? []), ...parts(text).map(listNamed)];
}

function listNamed(text: string): KnowableList {
  const found = KNOWABLE_LISTS.find((list) => list.toLowerCase() === text.toLowerCase());
  if (found !== undefined) return found;
  throw new InvalidArgumentError(`give one of ${KNOWABLE_LISTS.join(', ')}.`);
}

function baselineScopesNamed(text: string): string {
  if (['enforced', 'disabled'].includes(text) || isGuid(text)) return text;
  throw new InvalidArgumentError('give enforced, disabled, or the id of the application that stands for them.');
}

function baselineScopesOf(text: string): NonNullable<SettingsEdit['baselineScopes']> {
  return text === 'enforced' || text === 'disabled' ? text : { applicationId: text };
}

function addressOrUnknown(text: string): string {
  return text === 'unknown' ? text : addressNamed(text).text;
}

function minutes(text: string): number {
  // Nobody means seconds here, and not everybody means minutes.
  if (/^[\d.]+$/.test(text) && Number(text) !== 0) {
    throw new InvalidArgumentError(`say in what, such as ${text}m for minutes.`);
  }
  return milliseconds(text) / UNITS.m;
}

/** A word and not `null`, of which commander would make an empty text. */
function daysOrOff(text: string): number | 'off' {
  if (text.toLowerCase() === 'off') return 'off';
  try {
    return positiveInteger(text);
  } catch (error) {
    throw error instanceof InvalidArgumentError ? new InvalidArgumentError('give a number of days, or off.') : error;
  }
}

/** Names become ids and words values. Throws GsaError for a range that is none, or a name that nobody has. */
function editOf(tenant: Tenant, options: Omit<Options, 'dryRun'>): SettingsEdit {
  const { entraIdPlan, onboardingStatus, mfaTrustedIps, egressRanges, microsoftTrafficProfile } = options;
  const { defaultAdministrator, emergencyAccess, restoresSharepointAndExchange: restores } = options;
  const { restoresForeignTunnels } = options;
  const { signInLogDelay, signInLogRetention: retention } = options;
  return {
    ...(signInLogDelay === undefined ? {} : { signInLogDelayMinutes: signInLogDelay }),
    ...(retention === undefined ? {} : { signInLogRetentionDays: retention === 'off' ? null : retention }),
    ...(defaultAdministrator === undefined
      ? {}
      : { defaultAdministrator: administrator(tenant, defaultAdministrator) }),
    ...(options.tenantId === undefined ? {} : { tenantId: options.tenantId }),
    ...(options.created === undefined ? {} : { createdDateTime: options.created }),
    ...actingNetworkOf(options),
    ...(options.baselineScopes === undefined ? {} : { baselineScopes: baselineScopesOf(options.baselineScopes) }),
    ...(options.securityDefaults === undefined
      ? {}
      : { securityDefaults: options.securityDefaults === 'unknown' ? null : options.securityDefaults === 'on' }),
    ...(entraIdPlan === undefined ? {} : { entraIdPlan: entraIdPlan === 'unknown' ? null : entraIdPlan }),
    ...(onboardingStatus === undefined ? {} : { onboardingStatus: known(onboardingStatus) }),
    ...(mfaTrustedIps === undefined ? {} : { mfaTrustedIps: trustedIps(mfaTrustedIps) }),
    ...(egressRanges === undefined ? {} : { egressRanges: egress(egressRanges) }),
    ...(restores === undefined ? {} : { restoresSharePointAndExchange: answered(restores) }),
    ...(restoresForeignTunnels === undefined ? {} : { restoresForeignTunnels: answered(restoresForeignTunnels) }),
    ...(microsoftTrafficProfile === undefined
      ? {}
      : { microsoftTrafficProfile: microsoftTrafficProfile === 'unknown' ? null : microsoftTrafficProfile }),
    ...(options.known === undefined ? {} : { known: options.known }),
    ...(options.notKnown === undefined ? {} : { notKnown: options.notKnown }),
    ...(emergencyAccess === undefined ? {} : { emergencyAccess: accounts(tenant, emergencyAccess) }),
  };
}

function actingNetworkOf({ actingFrom, actingVia, actingProxyIp }: Options): Pick<SettingsEdit, 'actingNetwork'> {
  if (actingFrom === undefined && actingVia === undefined && actingProxyIp === undefined) return {};
  return {
    actingNetwork: {
      ...(actingFrom === undefined ? {} : { sourceIpAddress: known(actingFrom) }),
      ...(actingVia === undefined ? {} : { via: PATHS[actingVia] ?? null }),
      ...(actingProxyIp === undefined ? {} : { proxyIpAddress: known(actingProxyIp) }),
    },
  };
}

/** The answer to a question that the documents leave open; `null`: it stays open. */
function answered(answer: Answer): boolean | null {
  return answer === 'unknown' ? null : answer === 'yes';
}

function known(word: string): string | null {
  return word === 'unknown' ? null : word;
}

function administrator(tenant: Tenant, text: string): string | null {
  if (text === 'none') return null;
  const { id, userPrincipalName } = theOne(findUser(tenant, text), 'user', text);
  return userPrincipalName ?? id;
}

function trustedIps(texts: readonly string[]): readonly string[] | null {
  if (texts.length === 1 && texts[0] === 'unknown') return null;
  if (texts.length === 1 && texts[0] === 'none') return [];
  const wrong = texts.find((text) => rangeNamed(text).version !== 4);
  if (wrong !== undefined) throw new GsaError('usage', `\`${wrong}\` is IPv6; MFA trusted IPs are IPv4 only`);
  return texts;
}

function egress(texts: readonly string[]): readonly string[] | null {
  if (texts.length === 1 && texts[0] === 'published') return null;
  for (const text of texts) rangeNamed(text);
  return texts;
}

function accounts(tenant: Tenant, texts: readonly string[]): readonly string[] {
  if (texts.length === 1 && texts[0] === 'none') return [];
  return texts.map((text) => theOne(findUser(tenant, text), 'user', text).id);
}

/** What a list that begins here would say of profiles that were never imported. */
function warningsOf({ tenant }: StoredTenant, { microsoftTrafficProfile: state }: Options): readonly string[] {
  const isFirst = tenant.globalSecureAccess.forwardingProfiles === undefined;
  return isFirst && state !== undefined && state !== 'unknown'
    ? ['the other traffic profiles count as not there now; import them where they are']
    : [];
}
