import type { Format } from '../../src/output/format.ts';
import { render } from '../../src/output/render.ts';
import type { RenderSettings } from '../../src/output/render-settings.ts';
import type { TestFailure, TestReport, TestResult } from '../../src/output/reports/gsatest/result.ts';

const SETTINGS: RenderSettings = {
  terminal: false,
  width: 80,
  color: 0,
  query: undefined,
  aligned: false,
  columns: undefined,
  headers: true,
};

export async function written(
  report: TestReport,
  format: Format,
  settings: Partial<RenderSettings> = {},
): Promise<string> {
  let text = '';
  for await (const piece of render({ kind: 'test', data: report }, format, { ...SETTINGS, ...settings })) text += piece;
  return text;
}

export function result(name: string, status: TestResult['status'], more: Partial<TestResult> = {}): TestResult {
  return {
    file: 'policies/branch.gsatest.yaml',
    line: 12,
    column: 5,
    suite: 'source IP restoration keeps working',
    name,
    kind: 'case',
    status,
    tags: [],
    source: null,
    assumed: [],
    cases: 1,
    failures: [],
    problems: [],
    skip: null,
    expectFailure: null,
    ...more,
  };
}

export function failure(more: Partial<TestFailure> = {}): TestFailure {
  return {
    subject: null,
    status: 'failed',
    mismatches: [
      { member: 'outcome', expected: 'granted', got: 'blocked' },
      { member: 'ipAddress', expected: '2001:db8:10::5', got: '151.206.0.10' },
    ],
    because: [
      'Entra sees 151.206.0.10, the proxy’s',
      'Block outside headquarters (failure): location included: All; asks for block',
    ],
    decidedBy: ['Block outside headquarters'],
    reproduce: ["gsa test policies/branch.gsatest.yaml --run '^without signaling$'"],
    hint: null,
    alike: 0,
    ...more,
  };
}

export function reportOf(value: readonly TestResult[], coverage: TestReport['coverage'] = null): TestReport {
  const count = (status: TestResult['status']) => value.filter((each) => each.status === status).length;
  return {
    summary: {
      passed: count('passed'),
      failed: count('failed'),
      unknown: count('unknown'),
      skipped: count('skipped'),
      error: count('error'),
      files: new Set(value.map(({ file }) => file)).size,
      tests: value.filter(({ kind }) => kind !== 'file').length,
      cases: value.reduce((sum, { cases }) => sum + cases, 0),
    },
    coverage,
    value,
  };
}

/** One of each kind. */
export const EVERYTHING: TestReport = reportOf(
  [
    result('headquarters staff keep access', 'passed'),
    result('without signaling', 'failed', { line: 20, failures: [failure()], source: 'SIR-2025' }),
    result('who may come in', 'failed', {
      line: 26,
      kind: 'matrix',
      cases: 12,
      failures: [failure({ subject: 'user: bob@contoso.com, from: cafe, path: direct', alike: 3 })],
    }),
    result('a guest from nowhere', 'unknown', {
      line: 40,
      failures: [
        failure({
          status: 'unknown',
          mismatches: [{ member: 'outcome', expected: 'granted', got: 'unknown' }],
          hint: 'not known: countryOrRegion; say `country: NL` in `signIn`',
        }),
      ],
    }),
    result('branch over IPv6', 'skipped', {
      line: 50,
      cases: 0,
      skip: { reason: 'waiting for the range', owner: 'netops', until: '2026-03-01' },
    }),
    result('a name that is gone', 'error', {
      line: 60,
      column: 15,
      cases: 0,
      problems: [
        {
          message: 'no user `alce@contoso.com` in the tenant',
          hint: 'did you mean `alice@contoso.com`?',
          line: 61,
          column: 15,
        },
      ],
    }),
    result('broken.gsatest.yaml', 'error', {
      file: 'broken.gsatest.yaml',
      kind: 'file',
      suite: '',
      line: 2,
      column: 1,
      cases: 0,
      problems: [{ message: 'unknown key `tets`', hint: 'did you mean `tests`?', line: 2, column: 1 }],
    }),
  ],
  {
    total: 40,
    covered: 20,
    percent: 50,
    threshold: 80,
    tenants: [
      {
        tenant: 'tenant.json',
        total: 40,
        covered: 20,
        uncovered: [
          { kind: 'policy', id: 'p1', displayName: 'Block outside headquarters', branch: 'does not apply' },
          {
            kind: 'exclude',
            id: 'p1',
            displayName: 'Block outside headquarters',
            branch: 'group excludes Emergency access',
          },
        ],
      },
    ],
  },
);
