import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkTenant } from '../../src/core/check/check.ts';
import { tenantOfExport } from '../../src/core/check/export-tenant.ts';
import type { Finding } from '../../src/core/check/finding.ts';
import { SEVERITIES } from '../../src/core/check/finding.ts';
import { compareTexts } from '../../src/core/values/compare-texts.ts';
import { partsOf } from '../../src/intake/import/parts.ts';
import { readImportFiles } from '../../src/intake/import/read-import-files.ts';

const FOLDER = '../shared/corpus/policies';
const NOW = '2026-01-15T09:00:00Z';

/** Lines `GSA030 error 12`: counts only, no content of the files. */
function countsOf(findings: readonly Finding[]): string {
  const counts = new Map<string, number>();
  for (const { ruleId, severity } of findings) {
    const key = `${ruleId} ${severity}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const lines = [...counts].sort(([a], [b]) => compareTexts(a, b)).map(([key, count]) => `${key} ${count}`);
  return `${lines.join('\n')}\n`;
}

describe.skipIf(!existsSync(FOLDER))('check over public policies (skipped where ../shared is absent)', () => {
  test('ends without a crash, each collection as one tenant, and finds as much as before', async () => {
    const findings: Finding[] = [];
    let policies = 0;
    for (const collection of readdirSync(FOLDER).sort()) {
      const { tenant, notKnown } = tenantOfExport(partsOf(await readImportFiles([`${FOLDER}/${collection}`])));
      policies += tenant.policies.length;
      const found = checkTenant(tenant, { now: NOW, notKnown });
      const ranks = found.map(({ severity }) => SEVERITIES.indexOf(severity));
      expect(ranks).toEqual([...ranks].sort());
      for (const { message } of found) expect(message).toMatch(/^[^\n]+[^.\n]$/);
      findings.push(...found);
    }
    expect(policies).toBeGreaterThan(300);
    await expect(countsOf(findings)).toMatchFileSnapshot('golden/check-policies.txt');
  });
});
