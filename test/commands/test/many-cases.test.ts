import { beforeEach, expect, test, vi } from 'vitest';
import type * as compiling from '../../../src/core/conditional-access/compile.ts';
import type * as format from '../../../src/store/tenant/format.ts';
import { runTests } from '../../unit/core/gsatest/running.ts';

/** What is done to the tenant as a whole. */
const work = { reads: 0, compilations: 0 };

vi.mock('../../../src/core/conditional-access/compile.ts', async (original) => {
  const real = await original<typeof compiling>();
  const compile: typeof real.compile = (tenant) => {
    work.compilations++;
    return real.compile(tenant);
  };
  return { ...real, compile };
});

vi.mock('../../../src/store/tenant/format.ts', async (original) => {
  const real = await original<typeof format>();
  const readTenantBytes: typeof real.readTenantBytes = (...args) => {
    work.reads++;
    return real.readTenantBytes(...args);
  };
  return { ...real, readTenantBytes };
});

beforeEach(() => {
  Object.assign(work, { reads: 0, compilations: 0 });
});

/** Runs so many cases under both statuses: what was done to the tenant for them. */
async function workFor(cases: number): Promise<typeof work> {
  const tests = Array.from({ length: cases }, (_, at) => {
    const [signaling, outcome] = at % 2 === 0 ? ['enabled', 'granted'] : ['disabled', 'blocked'];
    return `  - name: case ${at}\n    signaling: ${signaling}\n    signIn: { user: joni.sherman@contoso.com, from: 203.0.113.${at % 250}, country: NL, path: tunnel }\n    expect: { outcome: ${outcome} }\n`;
  });
  const before = { ...work };
  const { report } = await runTests(tests.join(''));
  expect(report.value.filter(({ status }) => status === 'passed')).toHaveLength(cases);
  return { reads: work.reads - before.reads, compilations: work.compilations - before.compilations };
}

test('a hundred times the cases read and compile the tenant no more often', async () => {
  const few = await workFor(4);
  expect(few.reads).toBeGreaterThan(0);
  expect(few.compilations).toBeGreaterThan(0);
  expect(await workFor(400)).toEqual(few);
});
