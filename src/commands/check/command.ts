import { Option } from 'commander';
import type { BaselineResult } from '../../core/check/baseline.ts';
import { applyBaseline } from '../../core/check/baseline.ts';
import { checkTenant, skippedRules } from '../../core/check/check.ts';
import type { Severity } from '../../core/check/finding.ts';
import { SEVERITIES } from '../../core/check/finding.ts';
import { RULES } from '../../core/check/rules.ts';
import type { CheckOptions } from '../../core/check/settings.ts';
import { LEFTOVER_DAYS } from '../../core/check/settings.ts';
import type { UndecidedRule } from '../../core/check/undecided.ts';
import { findingOf, undecidedRules } from '../../core/check/undecided.ts';
import type { SourceKey } from '../../core/sources/sources.ts';
import { webAddress } from '../../core/sources/sources.ts';
import type { Operation } from '../../core/tenant/roles/roles.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import type { LocatedBaselineEntry } from '../../intake/baseline/baseline.ts';
import { readBaselineFile } from '../../intake/baseline/file.ts';
import type { CheckFinding } from '../../output/reports/check/check.ts';
import type { SignInLog } from '../../store/types.ts';
import { acting } from '../acting.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { heedAssumedStatus } from '../known-status.ts';
import { positiveInteger } from '../options.ts';
import { HISTORY_HELP, keptRuns } from '../run-history.ts';
import { signInLog } from '../sign-in-log.ts';
import { gapsReport } from './gaps.ts';
import type { CheckSubject } from './subject.ts';
import { exportSubject, tenantSubject } from './subject.ts';

interface Options {
  readonly failOn?: Severity;
  readonly baseline?: string;
  readonly leftoverDays?: number;
  readonly fromLogs?: true;
  readonly gaps?: true;
  readonly history?: string;
}

export const command = defineCommand<[readonly string[]], Options>({
  changesNothing: true,
  formats: ['lists', 'pipelines', 'html'],
  declare: (command) =>
    command
      .description(
        'Checks the tenant, or exports without a tenant, by documented rules (`gsa explain`): policies that decide by address ' +
          'while signaling is off, locations that hold the proxy, emergency access accounts that are not excluded, dangling and ' +
          'overlapping locations, policies that never apply … Rules that a missing fact could turn are named, with what settles ' +
          'it. Exit code 1 with --fail-on, when a finding is at least that severe, or could be.',
      )
      .argument('[path...]', 'exports to check instead of the tenant file: files and folders')
      .addOption(new Option('--fail-on <severity>', 'exit 1 from this severity on').choices(SEVERITIES))
      .option(
        '--baseline <file>',
        'known findings, each with reason, owner and until: they do not count until then; where an entry names a severity, ' +
          'what has become worse does',
      )
      .option(
        '--leftover-days <n>',
        'after how many days a report-only or disabled policy is left over',
        positiveInteger,
        LEFTOVER_DAYS,
      )
      .option('--from-logs', 'ask the sign-in log who comes over IPv6, for locations that list IPv4 only')
      .addOption(
        new Option(
          '--gaps',
          'instead of rules: every kind of sign-in that no policy guards, or none that blocks or asks for MFA, proved; with ' +
            '--fail-on exit 1 when there is one',
        ).conflicts(['baseline', 'leftoverDays', 'fromLogs', 'history']),
      )
      .option('--history <folder>', HISTORY_HELP)
      .addHelpText(
        'after',
        examples(
          'gsa check --fail-on error',
          'gsa check --baseline known.yaml --fail-on warning',
          'gsa check --gaps',
          'gsa check export/ -o table -o json:findings.json',
          'gsa check --history runs/ -o html:check.html',
        ),
      ),
  run: async (session, [paths], { failOn, baseline, leftoverDays, fromLogs, gaps, history }) => {
    const subject = paths.length > 0 ? await exportSubject(session, paths) : tenantSubject(session);
    const rights: readonly Operation[] = fromLogs === true ? ['policy.read', 'signin.read'] : ['policy.read'];
    if (paths.length === 0 || fromLogs === true) acting(session, subject.tenant, rights);
    if (gaps === true && paths.length === 0) await heedAssumedStatus(session, subject.tenant, failOn !== undefined);
    if (gaps === true) return await session.computing(() => gapsReport(subject.tenant, failOn !== undefined));
    const options = {
      now: session.now(),
      notKnown: subject.notKnown,
      ...(leftoverDays === undefined ? {} : { leftoverDays }),
      ...(fromLogs === true ? { ipv6SignIns: ipv6Of(await signInLog(session)) } : {}),
    };
    const entries = baseline === undefined ? [] : await readBaselineFile(session.toRead(baseline));
    const { result, undecided } = await session.computing(() => judged(subject.tenant, options, entries));
    const value = await placed(subject, result, undecided);
    const counts = countsOf(value);
    const isFailing =
      failOn !== undefined && [...value, ...undecided].some(({ severity }) => isAtLeast(severity, failOn));
    const run = { createdDateTime: session.now(), passed: !isFailing, counts };
    const runs = await keptRuns(session, history, 'check', run);
    return {
      report: {
        kind: 'check',
        data: {
          value,
          accepted: result.accepted.length,
          unmatched: result.unmatched.map(placeOfEntry),
          ambiguous: result.ambiguous.map(placeOfEntry),
          skippedRules: skippedRules(options),
          undecided,
          rules: ALL_RULES,
          failOn: failOn ?? null,
          counts,
          ...(runs.length === 0 ? {} : { history: runs }),
        },
      },
      verdict: isFailing ? 'findings' : 'ok',
    };
  },
});

const ALL_RULES = RULES.map(({ id, name, severity, summary, page }) => ({
  ...{ id, name, severity, summary },
  helpUri: documentOf(page.sources),
}));

function countsOf(findings: readonly { readonly severity: Severity }[]): Readonly<Record<Severity, number>> {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  return { error: count('error'), warning: count('warning'), note: count('note') };
}

/** What the rules find once the baseline is applied, and which of them lack a fact that could make them find something. */
function judged(tenant: Tenant, options: CheckOptions, entries: readonly LocatedBaselineEntry[]) {
  const found = checkTenant(tenant, options);
  const undecided = undecidedRules(tenant, options, found);
  const result = applyBaseline([...found, ...undecided.map(findingOf)], entries, options.now);
  const open = new Set(result.open.map(({ fingerprint }) => fingerprint));
  return { result, undecided: undecided.filter(({ fingerprint }) => open.has(fingerprint)) };
}

/** The findings that are open, each where it stands in the files. */
async function placed(
  subject: CheckSubject,
  { open, expired, worse }: BaselineResult<LocatedBaselineEntry>,
  undecided: readonly UndecidedRule[],
): Promise<CheckFinding[]> {
  const doubts = new Set(undecided.map(({ fingerprint }) => fingerprint));
  const overdue = new Set(expired.map(({ finding }) => finding.fingerprint));
  const worsened = new Set(worse.map(({ finding }) => finding.fingerprint));
  const shown = open.filter(({ fingerprint }) => !doubts.has(fingerprint));
  const places = await subject.placesOf(shown);
  return shown.flatMap(({ pointer: _, ...finding }, at): CheckFinding[] => {
    const place = places[at];
    if (place === undefined) return [];
    const { fingerprint } = finding;
    return [{ ...finding, ...place, expired: overdue.has(fingerprint), worse: worsened.has(fingerprint) }];
  });
}

/** The first of the sources that a browser can open. */
function documentOf(keys: readonly SourceKey[]): string | null {
  return keys.map(webAddress).find((address) => address !== undefined) ?? null;
}

/** How many sign-ins of the log, and of how many people, came from an IPv6 address. */
function ipv6Of(log: SignInLog): { readonly signIns: number; readonly users: number } {
  const overIpv6 = { conditions: [{ column: 'ipAddress', operator: 'inRange', range: '::/0' } as const] };
  return { signIns: log.signIns(overIpv6), users: log.countBy('userPrincipalName', overIpv6).length };
}

function isAtLeast(severity: Severity, gate: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(gate);
}

function placeOfEntry(entry: LocatedBaselineEntry) {
  const name = 'fingerprint' in entry ? entry.fingerprint : `${entry.rule} ${entry.subject}`;
  return { file: entry.place.file, line: entry.place.line ?? null, entry: name };
}
