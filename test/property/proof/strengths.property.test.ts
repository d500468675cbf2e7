import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Certificate } from '../../../src/core/certificate/certificate.ts';
import { checkCertificate } from '../../../src/core/certificate/check.ts';
import { checkedWorld } from '../../../src/core/certificate/worlds.ts';
import { certificateOf } from '../../../src/core/proof/questions/certificate.ts';
import { proofWorld } from '../../../src/core/proof/worlds/world.ts';
import type { ConditionalAccessPolicy } from '../../../src/core/tenant/policy.ts';
import { AlikeValues } from '../../../src/core/values/alike-values.ts';
import { methodGrants } from '../../support/arbitraries/grant.ts';
import { policy, tenant } from '../../support/contoso.ts';
import { agrees, cellsOf, classAt, judged, picks, proved, signInOf } from '../../support/proof-cells.ts';
import { tries } from '../../support/tries.ts';

const RUNS = tries(30);

const conditions = fc.constantFrom({}, {}, { signInRiskLevels: ['high'] }, { users: { includeGroups: ['not told'] } });

/** Policies of which two lists have some in common, by the same ids. */
const lists = fc.tuple(conditions, conditions, methodGrants, methodGrants, methodGrants).map((parts) => {
  const [first, second, ...grants] = parts;
  const [one, other, third] = grants.map((grant, at) =>
    policy(at === 1 ? second : first, grant, { id: `90000000-0000-4000-8000-00000000000${at}` }),
  ) as [ConditionalAccessPolicy, ConditionalAccessPolicy, ConditionalAccessPolicy];
  return [one, other, third, { ...third, id: one.id }] as const;
});

const edits = fc.tuple(lists, fc.constantFrom('replaced', 'dropped', 'added', 'edited'));

function edited([[one, other, third, oneEdited], kind]: typeof edits extends fc.Arbitrary<infer Edit> ? Edit : never) {
  if (kind === 'replaced')
    return [
      [one, other],
      [other, third],
    ] as const;
  if (kind === 'dropped') return [[one, other], [other]] as const;
  return kind === 'added'
    ? ([[one], [one, other]] as const)
    : ([
        [one, other],
        [oneEdited, other],
      ] as const);
}

describe('a proof of an edit of what policies ask of methods', () => {
  test('says what the evaluator says of every cell, and its certificate is confirmed', () => {
    const seen = { unchanged: 0, changed: 0, unknown: 0 };
    fc.assert(
      fc.property(edits, fc.nat(), (edit, seed) => {
        const [before, after] = edited(edit).map((policies) => tenant(policies)) as [
          ReturnType<typeof tenant>,
          ReturnType<typeof tenant>,
        ];
        const worlds = { before: proofWorld(before, 'enabled'), after: proofWorld(after, 'enabled') };
        const proof = proved(worlds);
        const pick = picks(seed);
        for (const cell of cellsOf(proof, 200, pick)) {
          const claimed = classAt(proof.diagram, cell);
          seen[claimed === 'unchanged' || claimed === 'unknown' ? claimed : 'changed']++;
          const attempt = signInOf(proof, cell, pick);
          const verdict = judged(worlds, attempt);
          const { before: was, after: becomes, possible } = verdict;
          expect([claimed, agrees(claimed, verdict), was.outcome, becomes.outcome, [...possible], attempt]).toEqual([
            claimed,
            true,
            was.outcome,
            becomes.outcome,
            [...possible],
            attempt,
          ]);
        }
        const question = {
          ...{ of: [], with: null },
          ...({ signalingStatusBefore: 'enabled', signalingStatusAfter: 'enabled' } as const),
        };
        const certificate = certificateOf(proof, { question, createdDateTime: '2026-01-15T09:00:00Z' }) as Certificate;
        const lists = new AlikeValues();
        const checked = {
          before: checkedWorld(before, 'enabled', lists),
          after: checkedWorld(after, 'enabled', lists),
        };
        expect(checkCertificate(certificate, checked).faults.slice(0, 2)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(RUNS);
  });
});
