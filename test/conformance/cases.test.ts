import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/core/conditional-access/compile.ts';
import { runTest } from '../../src/core/gsatest/run-test.ts';
import { observeOptions } from '../../src/core/signaling/observe.ts';
import { readSuite } from '../../src/intake/gsatest/read-suite.ts';
import { tenantInPlace } from '../../src/intake/gsatest/tenant-in-place.ts';

const FOLDER = new URL('./cases/', import.meta.url);
const NOW = '2026-01-15T09:00:00Z';
const files = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.gsatest.yaml'))
  .sort();

describe.each(files)('%s', (name) => {
  const reading = readSuite(readFileSync(new URL(name, FOLDER)), false);
  if (!reading.ok) {
    test('is a test file', () => expect(reading.problems).toEqual([]));
    return;
  }
  const { suite, tenantParts } = reading.read;
  const tenant = tenantInPlace(tenantParts ?? {}, undefined, NOW);
  const scene = { tenant, compiled: compile(tenant), options: observeOptions(tenant), fixtures: suite.fixtures };

  test('names the source of every case', () => {
    expect(suite.tests.filter(({ source }) => source === undefined).map((one) => one.name)).toEqual([]);
  });

  test.each(suite.tests.map((one) => [one.name, one] as const))('%s', (_, one) => {
    if (one.kind === 'change' || one.kind === 'all' || one.kind === 'command')
      throw new Error(`${one.kind} needs more than a tenant`);
    const run = runTest(
      one,
      scene,
      suite.defaults,
      () => undefined,
      () => undefined,
    );
    expect('problems' in run ? run.problems : run.failures).toEqual([]);
  });
});
