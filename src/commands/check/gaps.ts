import { leftOut } from '../../core/proof/answers/left-out.ts';
import { boxTold } from '../../core/proof/answers/told.ts';
import type { Gap } from '../../core/proof/questions/gaps.ts';
import { gapsOf } from '../../core/proof/questions/gaps.ts';
import type { GapKind } from '../../core/proof/questions/guards.ts';
import { GAPS } from '../../core/proof/questions/guards.ts';
import { TooLarge } from '../../core/proof/too-large.ts';
import { withDirectoryAlone } from '../../core/proof/worlds/supposed-directory.ts';
import { proofWorld } from '../../core/proof/worlds/world.ts';
import type { SignalingStatus, Tenant } from '../../core/tenant/tenant.ts';
import { isSignalingStatusAssumed, otherStatus } from '../../core/tenant/tenant.ts';
import { GsaError } from '../../trouble/error.ts';
import type { Result } from '../command.ts';
import { requireProvable, tooLarge } from '../proof-question.ts';

/** Kinds of sign-in that nothing guards, of all there could be. */
export function gapsReport(asked: Tenant, isGate: boolean): Result {
  requireProvable(asked);
  const { tenant, supposed } = withDirectoryAlone(asked);
  const { signalingStatus } = tenant.globalSecureAccess.conditionalAccess;
  const found = GAPS.flatMap((kind) => gapsOfKind(tenant, signalingStatus, kind));
  if (isGate && found.length === 0 && isSignalingStatusAssumed(asked)) requireNoneUnderOther();
  const world = proofWorld(tenant, signalingStatus);
  return {
    report: {
      kind: 'gaps',
      data: {
        tenant: asked.displayName,
        signalingStatus,
        peopleAreSupposed: supposed,
        leftOut: leftOut({ before: world, after: world }),
        people:
          found[0]?.proof.people.values.filter(({ kind }) => kind === 'person' || kind === 'supposed').length ?? 0,
        isGate,
        isWhole: found.every(({ isWhole }) => isWhole),
        gaps: found.map(({ kind, isCertain, people }) => ({ kind, isCertain, people })),
        value: found.flatMap(({ kind, isCertain, proof, boxes }) =>
          boxes.map((box) => ({ kind, isCertain, ...boxTold(proof, box) })),
        ),
      },
    },
    verdict: isGate && found.length > 0 ? 'findings' : 'ok',
  };

  /** The gate of an export without the setting is green only where it is under either status. */
  function requireNoneUnderOther(): void {
    const other = otherStatus(signalingStatus);
    if (GAPS.every((kind) => gapsOfKind(tenant, other, kind).length === 0)) return;
    throw new GsaError(
      'refused',
      `no gate is green here: whether signaling is enabled is not known, and where it is ${other} there are gaps`,
      { hint: 'put an export of the setting beside the policies; `gsa import --requests` prints how' },
    );
  }
}

function gapsOfKind(of: Tenant, status: SignalingStatus, kind: GapKind): readonly Gap[] {
  const gaps = gapsOf(of, status, kind);
  if (gaps instanceof TooLarge) throw tooLarge(gaps);
  return gaps;
}
