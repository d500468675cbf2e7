import { Option } from 'commander';
import type { SignalingStatus, Tenant } from '../../core/tenant/tenant.ts';
import { isSignalingStatusAssumed, otherStatus } from '../../core/tenant/tenant.ts';
import { GsaError } from '../../trouble/error.ts';
import { defineCommand } from '../command.ts';
import { commandText } from '../command-text.ts';
import { examples } from '../examples.ts';
import type { AskedQuestion, ProofGate, ProofOptions } from '../proof-question.ts';
import { answered, declareProof, PROOF_GATES, proofGates } from '../proof-question.ts';
import { tenantAt } from '../tenant-at.ts';

interface Options extends ProofOptions {
  readonly signaling?: SignalingStatus;
  readonly failOn?: readonly ProofGate[];
}

export const command = defineCommand<[string, string], Options>({
  changesNothing: true,
  formats: ['lists', 'pipelines', 'html'],
  declare: (command) =>
    declareProof(command)
      .description(
        'Compares two tenants for every sign-in there could be, and proves whether the second is equivalent, stricter, looser ' +
          'or both: for the tenant and policy by policy, with who it hits, from where, and a worked example. Each side is a ' +
          'tenant file, a backup, or an export of policies and locations, on the disk or as a commit of git holds it ' +
          '(HEAD~1:entra/; read from the files of the repository). What one side does not know of people and applications it ' +
          'takes from the other.',
      )
      .argument('<before>', 'tenant file, backup, or file or folder of an export; <revision>:<path> as git has it')
      .argument('<after>', 'the same')
      .addOption(
        new Option(
          '--signaling <status>',
          'signaling status of both; left out: what each side says, and where one does not, --fail-on holds under either status',
        ).choices(['enabled', 'disabled']),
      )
      .option(
        '--fail-on <changes>',
        `exit 1 when there is a sign-in of these, or one of which it is unknown (repeatable): ${PROOF_GATES.join(', ')}`,
        proofGates,
      )
      .addHelpText(
        'after',
        examples(
          'gsa policy diff before.json after.json',
          'gsa policy diff HEAD~1:entra/ entra/ --fail-on looser,newlyBlocked',
          'gsa policy diff origin/main:entra/ HEAD:entra/ -o markdown',
        ),
      ),
  run: async (session, [before, after], options) => {
    const sides = [await tenantAt(session, before), await tenantAt(session, after)] as const;
    const [was, becomes] = sides;
    const asked = (statusOf: (tenant: Tenant) => SignalingStatus): AskedQuestion => ({
      text: `What changes from ${before} to ${after}, for every sign-in there could be?`,
      before: { tenant: was, signalingStatus: statusOf(was), file: before },
      after: { tenant: becomes, signalingStatus: statusOf(becomes), file: after },
      options,
      failOn: options.failOn ?? [],
      explainLine: (policy) => commandText(['policy', 'diff', before, after, '--explain', policy]),
    });
    const { signaling, failOn = [] } = options;
    const ownStatus = (tenant: Tenant) => tenant.globalSecureAccess.conditionalAccess.signalingStatus;
    const result = await session.computing(() =>
      answered(
        session,
        asked((tenant) => signaling ?? ownStatus(tenant)),
      ),
    );
    const assumed = signaling === undefined ? sides.filter(isSignalingStatusAssumed) : [];
    if (failOn.length === 0 || assumed.length === 0 || result.verdict !== 'ok') return result;
    // The gate is green only where it is under either status.
    const other = (tenant: Tenant) => (assumed.includes(tenant) ? otherStatus(ownStatus(tenant)) : ownStatus(tenant));
    const underOther = await session.computing(() => answered(session, asked(other)));
    if (underOther.verdict !== 'ok') throw notUnderEither(assumed.map(other));
    return result;
  },
});

function notUnderEither([status = 'disabled']: readonly SignalingStatus[]): GsaError {
  return new GsaError(
    'refused',
    `no gate is green here: whether signaling is enabled is not known, and where it is ${status} there is what --fail-on names`,
    {
      hint: `--signaling ${status} shows it; --signaling, or an export of the setting beside the policies, says which it is`,
    },
  );
}
