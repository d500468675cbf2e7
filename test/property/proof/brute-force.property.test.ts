import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHANGE_CLASSES } from '../../../src/core/conditional-access/outcome/change.ts';
import type { Diagram } from '../../../src/core/proof/diagram/search.ts';
import type { Terminal } from '../../../src/core/proof/diagram/terminals.ts';
import type { WorldPair } from '../../../src/core/proof/worlds/world.ts';
import { proofUnder, proofWorld } from '../../../src/core/proof/worlds/world.ts';
import type { ConditionalAccessPolicy } from '../../../src/core/tenant/policy.ts';
import type { SignalingStatus, Tenant } from '../../../src/core/tenant/tenant.ts';
import { policies } from '../../support/arbitraries/policy.ts';
import { tenants } from '../../support/arbitraries/tenant.ts';
import {
  agrees,
  cellsOf,
  changedCell,
  classAt,
  countCells,
  judged,
  picks,
  proved,
  signInOf,
} from '../../support/proof-cells.ts';
import { tries } from '../../support/tries.ts';

const few = (maxLength: number) =>
  fc.uniqueArray(
    policies().map((policy) => ({ ...policy, state: policy.state === 'disabled' ? 'enabled' : policy.state })),
    { minLength: 1, maxLength, selector: ({ id }) => id },
  );

/** The switch, and an edit that adds, drops and replaces policies, under either status. */
const switches = tenants(few(5));
const edits = fc.record({
  tenant: tenants(few(4)),
  others: few(3),
  status: fc.constantFrom<SignalingStatus>('enabled', 'disabled'),
});

function switched(tenant: Tenant): WorldPair {
  const before = proofWorld(tenant, 'enabled');
  return { before, after: proofUnder(before, 'disabled') };
}

interface Edit {
  readonly tenant: Tenant;
  readonly others: readonly ConditionalAccessPolicy[];
  readonly status: SignalingStatus;
}

function edited({ tenant, others, status }: Edit): WorldPair {
  const kept = tenant.policies.slice(1);
  const added = others.filter(({ id }) => !kept.some((one) => one.id === id));
  return {
    before: proofWorld(tenant, status),
    after: proofWorld({ ...tenant, policies: [...kept, ...added] }, status),
  };
}

/** More cells than this are sampled. */
const MOST = 1_500;

function disagreements(
  worlds: WorldPair,
  seed: number,
  corrupt: (diagram: Diagram) => Diagram = (one) => one,
): string[] {
  const proof = proved(worlds);
  const diagram = corrupt(proof.diagram);
  const pick = picks(seed);
  const found: string[] = [];
  const cells = [...cellsOf(proof, MOST, pick), ...Array.from({ length: 300 }, () => changedCell(proof, pick))];
  for (const cell of cells) {
    const attempt = signInOf(proof, cell, pick);
    const verdict = judged(worlds, attempt);
    const claimed = classAt(diagram, cell);
    if (agrees(claimed, verdict)) continue;
    const seen = `${verdict.before.outcome} → ${verdict.after.outcome}, possible ${[...verdict.possible].join()}`;
    found.push(`claimed ${claimed}, ${seen}: ${JSON.stringify(attempt)}`);
  }
  return found;
}

describe('a proof over all sign-ins', () => {
  test('says of the switch what the evaluator says of every cell', () => {
    fc.assert(
      fc.property(switches, fc.integer(), (tenant, seed) => {
        expect(disagreements(switched(tenant), seed).slice(0, 3)).toEqual([]);
      }),
      { numRuns: tries(30) },
    );
  });

  test('says of a policy edit what the evaluator says of every cell', () => {
    fc.assert(
      fc.property(edits, fc.integer(), (edit, seed) => {
        expect(disagreements(edited(edit), seed).slice(0, 3)).toEqual([]);
      }),
      { numRuns: tries(30) },
    );
  });

  test('is caught by this comparison when a single answer of it is turned', () => {
    let turned = 0;
    fc.assert(
      fc.property(edits, fc.integer(), (edit, seed) => {
        const worlds = edited(edit);
        const proof = proved(worlds);
        if (countCells(proof) > MOST || !isKnownChange(proof.diagram)) return;
        turned++;
        expect(disagreements(worlds, seed, turnedRound).length).toBeGreaterThan(0);
      }),
      { numRuns: tries(150) },
    );
    expect(turned).toBeGreaterThan(10);
  });
});

/** The diagram with its last terminal, which is some change, taken for no change. */
function turnedRound(diagram: Diagram): Diagram {
  return { ...diagram, terminals: [...diagram.terminals.slice(0, -1), diagram.terminals[0] as Terminal] };
}

/** Whether that terminal is known to change something: what nobody knows is turned unseen. */
function isKnownChange({ root, terminals }: Diagram): boolean {
  return (
    root !== -1 &&
    terminals.length > 1 &&
    terminals.at(-1)?.classes.includes(CHANGE_CLASSES.indexOf('unknown')) === false
  );
}
