import type { Session } from '../../shell/session.ts';
import { acting } from '../acting.ts';
import type { Result } from '../command.ts';
import { commandText, tenantWords } from '../command-text.ts';
import type { ProofOptions } from '../proof-question.ts';
import { answered, proofGates } from '../proof-question.ts';
import type { SupposedChange } from '../supposed-change.ts';
import { supposed } from '../supposed-change.ts';
import { tenantWith } from '../tenant-at.ts';

export interface AllOptions extends ProofOptions {
  readonly with?: string;
  readonly of?: readonly SupposedChange[];
  readonly failOn?: readonly string[];
  readonly certificate?: string;
}

/** Every sign-in there could be, instead of recorded ones. */
export async function provenImpact(session: Session, options: AllOptions): Promise<Result> {
  const { tenant } = session.tenants().read();
  acting(session, tenant, ['policy.read']);
  const status = tenant.globalSecureAccess.conditionalAccess.signalingStatus;
  const other = options.with === undefined ? tenant : await tenantWith(session, tenant, options.with);
  const asked = supposed(other, options.of ?? []);
  const isSwitch = asked.tenant === tenant && asked.signalingStatus === undefined;
  const opposite = status === 'enabled' ? 'disabled' : 'enabled';
  const own = asked.tenant.globalSecureAccess.conditionalAccess.signalingStatus;
  const signalingStatus = asked.signalingStatus ?? (isSwitch ? opposite : own);
  return answered(session, {
    text: questionText(tenant.displayName, signalingStatus === status ? undefined : signalingStatus, options),
    before: { tenant, signalingStatus: status, file: null },
    after: { tenant: asked.tenant, signalingStatus, file: options.with ?? null },
    options,
    failOn: (options.failOn ?? []).flatMap((gate) => proofGates(gate)),
    explainLine: (policy) => commandText(lineOf(session, options, policy)),
    certificate: options.certificate,
  });
}

function questionText(name: string, switchedTo: string | undefined, { of = [], with: file }: AllOptions): string {
  const parts = [
    ...(switchedTo === undefined ? [] : [`signaling were ${switchedTo}`]),
    ...(file === undefined ? [] : [`it were with ${file}`]),
    ...of.flatMap((change) => (change.of === 'policy' ? [`${change.name} were ${change.to}`] : [])),
  ];
  return `What if ${parts.length === 0 ? 'nothing changed' : parts.join(' and ')} in ${name}, for every sign-in there could be?`;
}

function lineOf(
  session: Session,
  { of = [], with: file, user, app, policy: only }: AllOptions,
  policy: string,
): string[] {
  const option = (name: string, value: string | undefined) => (value === undefined ? [] : [name, value]);
  return [
    'impact',
    ...tenantWords(session),
    '--all',
    ...option('--with', file),
    ...of.flatMap(({ text }) => ['--of', text]),
    ...option('--user', user),
    ...option('--app', app),
    ...option('--policy', only),
    '--explain',
    policy,
  ];
}
