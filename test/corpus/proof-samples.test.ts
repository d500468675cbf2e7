import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { tenantOfExport } from '../../src/core/check/export-tenant.ts';
import { prove } from '../../src/core/proof/proof.ts';
import { TooLarge } from '../../src/core/proof/too-large.ts';
import { withDirectoryAlone } from '../../src/core/proof/worlds/supposed-directory.ts';
import { proofUnder, proofWorld } from '../../src/core/proof/worlds/world.ts';
import type { Tenant } from '../../src/core/tenant/tenant.ts';
import { partsOf } from '../../src/intake/import/parts.ts';
import { readImportFiles } from '../../src/intake/import/read-import-files.ts';
import { agrees, changedCell, classAt, judged, picks, signInOf } from '../support/proof-cells.ts';

/**
 * The proof of the switch on public tenants, every policy enforced, against the explaining evaluator. Half of the samples are
 * taken from what changes: that is rare, and random sign-ins would miss it. `npm run test:proof` takes a million.
 */
const FOLDER = '../shared/corpus/policies';
const SAMPLES = Number(process.env['PROOF_SAMPLES'] ?? '200');

async function enforced(collection: string): Promise<Tenant> {
  const { tenant } = tenantOfExport(partsOf(await readImportFiles([`${FOLDER}/${collection}`])));
  const policies = tenant.policies.map((policy) => ({ ...policy, state: 'enabled' as const }));
  return withDirectoryAlone({ ...tenant, policies }).tenant;
}

describe.skipIf(!existsSync(FOLDER))('the proof of the switch (skipped where ../shared is absent)', () => {
  const collections = existsSync(FOLDER) ? readdirSync(FOLDER).sort() : [];

  test.each(collections)('on %s says what the evaluator says', async (collection) => {
    const before = proofWorld(await enforced(collection), 'enabled');
    const worlds = { before, after: proofUnder(before, 'disabled') };
    const proof = prove(worlds);
    if (proof instanceof TooLarge) throw proof;
    const { diagram, columns } = proof;
    const pick = picks(SAMPLES);
    let changed = 0;
    for (let number = 0; number < SAMPLES; number++) {
      const random = {
        classes: diagram.levels.map(({ classes }) => pick(classes.length)),
        column: pick(columns.columns.length),
      };
      const cell = number % 2 === 0 ? random : changedCell(proof, pick);
      const attempt = signInOf(proof, cell, pick);
      const claimed = classAt(diagram, cell);
      if (claimed !== 'unchanged') changed++;
      const verdict = judged(worlds, attempt);
      if (!agrees(claimed, verdict)) {
        expect.fail(
          `claimed ${claimed}, ${verdict.before.outcome} → ${verdict.after.outcome}: ${JSON.stringify(attempt)}`,
        );
      }
    }
    if (SAMPLES > 400) console.log(`${collection}: ${SAMPLES} sign-ins, ${changed} of them changed, 0 disagreements`);
  });
});
