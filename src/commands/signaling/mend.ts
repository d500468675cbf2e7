import type { ProofRow } from '../../core/proof/answers/answer.ts';
import { answerOf } from '../../core/proof/answers/answer.ts';
import { openQuestions } from '../../core/proof/answers/left-out.ts';
import { isProved } from '../../core/proof/questions/suggest.ts';
import { planImport } from '../../core/tenant/plans/import.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import { plural } from '../../core/values/plural.ts';
import type { Session } from '../../shell/session.ts';
import { GsaError } from '../../trouble/error.ts';
import { acting } from '../acting.ts';
import { change } from '../change.ts';
import type { Result } from '../command.ts';
import { commandText, tenantWords } from '../command-text.ts';
import { heedAssumedStatus } from '../known-status.ts';
import { proofFor } from '../proof-question.ts';
import type { FoundFix } from '../suggestion.ts';
import { fixFor, suggestion } from '../suggestion.ts';

/** The edits after which disabling signaling stops nobody newly: shown, or made. The switch itself is not made. */
export async function mendSwitch(
  session: Session,
  file: string | undefined,
  apply: boolean,
  dryRun: boolean,
): Promise<Result> {
  const { tenant } = session.tenants().read();
  acting(session, tenant, apply ? ['policy.read', 'policy.write'] : ['policy.read']);
  await heedAssumedStatus(session, tenant, true);
  const fix = fixFor(session, asked(tenant));
  if (!apply) return suggestion(session, fix, QUESTION, file, nextLine(session, fix, file));
  if (!isProved(fix)) throw notProved(fix);
  const parts = {
    policies: fix.policies,
    namedLocations: fix.location === undefined ? [] : [fix.location],
    users: [],
    groups: [],
    roleAssignments: [],
    roleDefinitions: [],
    servicePrincipals: [],
  };
  return change(session, (stored) => planImport(stored.tenant, parts, 'merge', session.now()), {
    dryRun,
    operations: ['policy.read', 'policy.write'],
    nothing: 'Nothing to mend: disabling signaling stops nobody who is not stopped now.',
    question: 'Make these edits? Signaling stays as it is.',
    hint: '`gsa impact --all` shows what the switch still changes; `gsa signaling disable --keep-policies` makes it',
  });
}

/** The command that makes the edits: those after which something is still not known are nobody's fix, and only a file to import. */
function nextLine(session: Session, fix: FoundFix, file: string | undefined): string {
  if (isProved(fix)) return commandText([...suggesting(session), '--apply']);
  return commandText(
    file === undefined ? [...suggesting(session), 'fix.json'] : ['import', ...tenantWords(session), file],
  );
}

function suggesting(session: Session): readonly string[] {
  return ['signaling', 'disable', ...tenantWords(session), '--suggest'];
}

/** Nothing is written where it is not known of everybody that these edits, or none, are enough. */
function notProved({ edits, unknown, open }: FoundFix): GsaError {
  const policies = new Set([...unknown.map(({ displayName }) => displayName), ...open.flatMap((one) => one.policies)]);
  const settle = '`gsa impact --all` names what is not known';
  const known = '`gsa signaling disable --suggest <file>` writes the edits for what is known, which `gsa import` takes';
  return new GsaError('refused', 'it is not proved that disabling signaling stops nobody newly', {
    hint: edits.length === 0 ? settle : `${settle}; ${known}`,
    problems: [...policies].map((message) => ({ message })),
  });
}

const QUESTION = 'What has to be edited so that disabling signaling stops nobody newly?';

function asked(tenant: Tenant) {
  const statusBefore = tenant.globalSecureAccess.conditionalAccess.signalingStatus;
  return { before: tenant, statusBefore, after: tenant, statusAfter: 'disabled' as const };
}

/** How many people a switch may newly stop, and the policies that stop them; `after`: with policies treated as its plan does. */
function newlyStopped(tenant: Tenant, after: Tenant) {
  const statusBefore = tenant.globalSecureAccess.conditionalAccess.signalingStatus;
  const { proof, isSupposed } = proofFor({
    before: { tenant, file: null, signalingStatus: statusBefore },
    after: { tenant: after, file: null, signalingStatus: 'disabled' },
    options: {},
  });
  const open = openQuestions(proof.worlds).find(({ couldBe }) => couldBe === 'anything');
  if (open !== undefined) {
    throw new GsaError('refused', `how many people would be stopped cannot be told: ${open.what}`, {
      problems: open.policies.map((message) => ({ message })),
    });
  }
  // Of whom it is not known may be stopped, and a budget is held by what is proved.
  const rows = answerOf(proof).rows.filter((row) => /^(newlyBlocked|newlyDenied|unknown)$/.test(row.class));
  return {
    people: new Set(rows.flatMap(({ people }) => people)).size,
    areSupposed: isSupposed,
    policies: namesOf(rows),
    forGuests: forGuests(rows),
  };
}

/** Policies that stop people of other tenants and nobody of the directory: no list says how many these are. */
function forGuests(rows: readonly ProofRow[]): readonly string[] {
  const counted = new Set(rows.filter(({ people }) => people.length > 0).map(({ policyId }) => policyId));
  return namesOf(
    rows.filter(({ policyId, others }) => !counted.has(policyId) && others.some(({ kind }) => kind === 'external')),
  );
}

function namesOf(rows: readonly ProofRow[]): readonly string[] {
  return [...new Set(rows.map(({ displayName }) => displayName))];
}

/** What a plan says of its reach; nothing where it stops nobody, or where that is too large to be proved. */
export function reachOfSwitch(tenant: Tenant): string | undefined {
  try {
    const { people, areSupposed } = newlyStopped(tenant, tenant);
    return people === 0
      ? undefined
      : `${areSupposed ? 'people' : plural(people, 'person', 'people')} may be newly stopped; \`gsa impact --all\` shows whom`;
  } catch (error) {
    if (error instanceof GsaError) return undefined;
    throw error;
  }
}

function uncountable(policies: readonly string[]): GsaError {
  return new GsaError('refused', 'people may be newly stopped, and how many cannot be told: no directory is known', {
    hint: 'import users, groups and role assignments: `gsa import --requests` prints the commands that export them',
    problems: policies.map((message) => ({ message })),
  });
}

function beyond(message: string, policies: readonly string[]): GsaError {
  return new GsaError('refused', message, {
    hint: '`gsa impact --all` shows whom and from where, `gsa signaling disable --suggest` how to mend it',
    problems: policies.map((each) => ({ message: each })),
  });
}

/**
 * Throws GsaError `refused` where more people may be newly stopped than the budget allows, or some whom nobody can count. A policy that
 * stops people of the directory stops guests beside them, who are not counted; workload identities are no people.
 */
export function holdBudget(tenant: Tenant, after: Tenant, budget: number): void {
  const { people, policies, areSupposed, forGuests } = newlyStopped(tenant, after);
  // One stands for a whole group: their number is not that of people.
  if (areSupposed && people > 0) throw uncountable(policies);
  if (people > budget) {
    throw beyond(
      `${plural(people, 'person', 'people')} may be newly stopped, more than the ${budget} of --budget`,
      policies,
    );
  }
  if (forGuests.length > 0) {
    throw beyond('people of other tenants may be newly stopped, and no list says how many there are', forGuests);
  }
}
