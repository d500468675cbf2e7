import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestReport, TestResult } from '../../../../src/output/reports/gsatest/result.ts';
import type { Workplace } from '../../../support/in-process.ts';
import { workplace } from '../../../support/in-process.ts';

/** Contoso with the names that the tests below use. */
export const HEAD = `suite: Contoso keeps working
fixtures:
  addresses:
    hq: { address: 203.0.113.10, country: NL }
    hq6: { address: "2001:db8:10::5", country: NL }
    cafe: { address: 192.0.2.7, country: NL }
    proxy: { address: 151.206.0.10, country: NL }
  paths:
    tunnel: { via: globalSecureAccess, egress: proxy }
    paused: { via: globalSecureAccess, egress: proxy, client: disabled }
defaults:
  signIn: { app: Office 365 Exchange Online, clientAppUsed: Browser }
tests:
`;

export interface Ran {
  readonly exitCode: number;
  readonly report: TestReport;
  readonly stderr: string;
  /** The result of the test of that name; the only one without a name. */
  result(name?: string): TestResult;
}

/** Runs one test file on the sample tenant. */
export async function runTests(tests: string, ...more: readonly string[]): Promise<Ran> {
  const place = workplace();
  await place.gsa('init');
  return runIn(place, `${HEAD}${tests}`, ...more);
}

export async function runIn(place: Workplace, text: string, ...more: readonly string[]): Promise<Ran> {
  writeFileSync(join(place.folder, 'demo.gsatest.yaml'), text);
  const { exitCode, stdout, stderr } = await place.gsa(['test', '-o', 'json', ...more]);
  const report = JSON.parse(stdout === '' ? '{"value":[]}' : stdout) as TestReport;
  return {
    exitCode,
    report,
    stderr,
    result: (name) => {
      const found = report.value.find((each) => name === undefined || each.name === name);
      if (found === undefined) throw new Error(`no result of ${name ?? 'any test'}: ${stderr}`);
      return found;
    },
  };
}
