import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Format } from '../../src/output/format.ts';
import type { TestReport } from '../../src/output/reports/gsatest/result.ts';
import { workplace } from '../support/in-process.ts';
import { SHARED } from '../support/terminal.ts';
import { readAzure, readGithub, readJunit, readTap, sarifProblems } from './readers.ts';
import { EVERYTHING, failure, reportOf, result, written } from './reports.ts';

/** Names that look like commands, markup, escapes and directives of everything that reads us. */
const OWN_HOSTILE = [
  '::error file=x::forged',
  '\n::error::forged on a line of its own',
  '##vso[task.complete result=Succeeded;]forged',
  '##[error]forged',
  '##teamcity[testFailed name=x]',
  '%0A::warning::forged %25 %AZP25',
  'a,b:c;d]e=f',
  '</failure></testcase><testcase name="forged"/>',
  ']]><!-- & "quotes" \'single\' -->',
  '\u001b[31mred\u001b[0m \u0007 \u009b2J',
  'right-to-left \u202e override and \u2066isolate',
  'zero \u200b width, line \u2028 separator, no character \uffff \ufffe',
  'half \ud800 a character',
  'name # SKIP not really',
  'name # TODO \\# escaped',
  '... \n---\nBail out!',
  '| a | `b` | <script>alert(1)</script> [link](https://example.org)',
  '__proto__',
];

const HOSTILE_FILE = join(SHARED, 'kit/data/hostile-strings.json');
const SCANNER = join(SHARED, 'kit/bin/scan-output.mjs');
const hostile: readonly string[] = [
  ...OWN_HOSTILE,
  ...(existsSync(HOSTILE_FILE)
    ? (JSON.parse(readFileSync(HOSTILE_FILE, 'utf8')) as readonly { value: string }[])
        .map(({ value }) => value)
        .filter((value) => value.length < 2_000)
    : []),
];

/** Each string in every place where a name or a reason from outside can stand. */
const HOSTILE: TestReport = reportOf(
  hostile.flatMap((text, at) => [
    result(`${at} ${text}`, 'failed', {
      file: 'hostile.gsatest.yaml',
      line: at + 1,
      suite: text,
      failures: [
        failure({
          subject: text,
          mismatches: [{ member: `policies.${text}`, expected: text, got: text }],
          because: [text],
          decidedBy: [text],
          reproduce: [`gsa test '${text}'`],
          hint: text,
        }),
      ],
    }),
    result(`skip ${at}`, 'skipped', {
      file: `${at}/${text}`,
      skip: { reason: text, owner: text, until: '2026-03-01' },
    }),
    result(`error ${at}`, 'error', {
      file: 'x.gsatest.yaml',
      problems: [{ message: text, hint: text, line: 1, column: 1 }],
    }),
  ]),
);

describe('JUnit', () => {
  test('is valid by the schema, and every case has its class and its own kind of child', async () => {
    const cases = readJunit(await written(EVERYTHING, 'junit'));
    expect(cases.map(({ name, classname, child, type }) => [name, classname, child, type])).toEqual([
      ['headquarters staff keep access', 'policies.branch', undefined, undefined],
      ['without signaling', 'policies.branch', 'failure', 'failed'],
      ['who may come in', 'policies.branch', 'failure', 'failed'],
      ['a guest from nowhere', 'policies.branch', 'failure', 'unknown'],
      ['branch over IPv6', 'policies.branch', 'skipped', undefined],
      ['a name that is gone', 'policies.branch', 'error', 'error'],
      ['broken.gsatest.yaml', 'broken', 'error', 'error'],
    ]);
  });

  test('is valid with hostile names, and none of them adds a case', async () => {
    const few = reportOf(HOSTILE.value.slice(0, 90));
    expect(few.value.length).toBeGreaterThan(50);
    expect(readJunit(await written(few, 'junit'))).toHaveLength(few.value.length);
  });

  test('of everything hostile is still XML that the schema accepts', async () => {
    const text = await written(HOSTILE, 'junit');
    expect(text.match(/<testcase /g)).toHaveLength(HOSTILE.value.length);
    expect(() => readJunit(text.replaceAll(/<testcase [^>]*\/>/g, ''))).not.toThrow();
  });
});

describe('SARIF', () => {
  test.each([
    ['everything', EVERYTHING],
    ['hostile names', HOSTILE],
    ['nothing', reportOf([])],
  ])('of %s is valid by the schema of OASIS', async (_, report) => {
    expect(sarifProblems(await written(report, 'sarif'))).toEqual([]);
  });

  test('names its rules and points at true lines', async () => {
    const [run] = JSON.parse(await written(EVERYTHING, 'sarif')).runs;
    const ids = run.tool.driver.rules.map(({ id }: { id: string }) => id);
    for (const { ruleId, ruleIndex } of run.results) expect(ids[ruleIndex]).toBe(ruleId);
    expect(run.results[0].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'policies/branch.gsatest.yaml', uriBaseId: '%SRCROOT%' },
      region: { startLine: 20, startColumn: 5 },
    });
    expect(run.invocations[0].executionSuccessful).toBe(false);
  });

  test('encodes paths as URIs', async () => {
    const strange = reportOf([result('x', 'failed', { file: 'a b/100%/#x?.gsatest.yaml', failures: [failure()] })]);
    expect(await written(strange, 'sarif')).toContain('"uri": "a%20b/100%25/%23x%3F.gsatest.yaml"');
  });
});

describe('GitHub annotations', () => {
  test('follow the grammar, with their places', async () => {
    const commands = readGithub(await written(EVERYTHING, 'github'));
    expect(commands).not.toContain(undefined);
    expect(commands[0]).toMatchObject({
      command: 'error',
      properties: { file: 'policies/branch.gsatest.yaml', line: '20', col: '5', title: 'without signaling' },
    });
    expect(commands[0]?.message.split('\n')).toContain('decided by: Block outside headquarters');
    expect(commands.map((each) => each?.command)).toEqual([
      'error',
      'error',
      'error',
      'error',
      'error',
      'error',
      'notice',
    ]);
  });

  test('keep to ten of a level, and the tenth says how many are left', async () => {
    const many = reportOf(
      Array.from({ length: 37 }, (_, at) => result(`test ${at}`, 'failed', { failures: [failure()] })),
    );
    const commands = readGithub(await written(many, 'github'));
    expect(commands).toHaveLength(10);
    expect(commands.at(-1)).toEqual({
      command: 'error',
      properties: { title: 'gsa test' },
      message: 'and 28 more; the job summary has all of them',
    });
    const ten = reportOf(many.value.slice(0, 10));
    expect(readGithub(await written(ten, 'github')).at(-1)?.properties['title']).toBe('test 9');
  });

  test('forge nothing, whatever the names are', async () => {
    for (const each of HOSTILE.value) {
      const text = await written(reportOf([each]), 'github');
      const commands = readGithub(text);
      expect(commands).not.toContain(undefined);
      expect(commands).toHaveLength(1);
      expect(text.slice(2).split('::')).toHaveLength(2);
    }
  });
});

describe('Azure DevOps logging commands', () => {
  test('follow the grammar, with their places', async () => {
    const [first] = readAzure(await written(EVERYTHING, 'azuredevops'));
    expect(first).toMatchObject({
      command: 'logissue',
      properties: {
        type: 'error',
        sourcepath: 'policies/branch.gsatest.yaml',
        linenumber: '20',
        columnnumber: '5',
        code: 'test-failed',
      },
    });
  });

  test('forge nothing, whatever the names are', async () => {
    for (const each of HOSTILE.value) {
      const text = await written(reportOf([each]), 'azuredevops');
      expect(readAzure(text)).toHaveLength(1);
      expect(text.match(/##/g) ?? []).toHaveLength(each.status === 'skipped' ? 0 : 1);
    }
  });
});

describe('TAP', () => {
  test('is what a TAP 14 parser reads, with skips and diagnostics apart', async () => {
    const { points, faults, plan } = readTap(await written(EVERYTHING, 'tap'));
    expect(faults).toEqual([]);
    expect(plan).toBe(7);
    expect(points.map(({ ok, skip }) => [ok, skip])).toEqual([
      [true, false],
      [false, false],
      [false, false],
      [false, false],
      [true, 'waiting for the range (netops, until 2026-03-01)'],
      [false, false],
      [false, false],
    ]);
    expect(points[3]?.diag).toMatchObject({ status: 'unknown', line: 40 });
  });

  test('has exactly its points with hostile names, none of them skipped or bailed out', async () => {
    const { points, faults, plan } = readTap(await written(HOSTILE, 'tap'));
    expect(faults).toEqual([]);
    expect(points).toHaveLength(plan);
    expect(plan).toBe(HOSTILE.value.length);
    expect(points.filter(({ skip }) => skip !== false)).toHaveLength(hostile.length);
  });
});

describe('hostile names in every format', () => {
  const formats: readonly [Format, string][] = [
    ['table', 'plain'],
    ['json', 'json'],
    ['ndjson', 'json'],
    ['markdown', 'md'],
    ['junit', 'plain'],
    ['sarif', 'json'],
    ['github', 'ci'],
    ['tap', 'plain'],
  ];

  test.each(formats)('%s holds no control that a terminal would obey', async (format) => {
    const text = await written(HOSTILE, format);
    expect(/(?![\n\t])\p{Cc}|[\u200b\u2028-\u202e\u2066-\u2069]|\p{Cs}/u.exec(text)).toBeNull();
  });

  test.skipIf(!existsSync(SCANNER)).each(formats)('%s passes the scanner', async (format, mode) => {
    for (const part of [HOSTILE.value.slice(0, 60), HOSTILE.value]) {
      const input = await written(reportOf(part), format);
      const words = [SCANNER, '--mode', mode];
      expect(execFileSync(process.execPath, words, { input, encoding: 'utf8' })).toMatch(/: 0 findings/);
    }
  });
});

describe('the same formats for gsa check', () => {
  test('are valid, name every rule and point at true lines', async () => {
    const place = workplace();
    await place.gsa('init');
    await place.gsa('signaling disable --keep-policies');
    const run = async (format: Format) => (await place.gsa(['check', '-o', format])).stdout;
    expect(sarifProblems(await run('sarif'))).toEqual([]);
    const [{ results, tool }] = JSON.parse(await run('sarif')).runs;
    expect(tool.driver.rules.length).toBeGreaterThan(20);
    expect(results[0]).toMatchObject({ level: 'error', ruleId: 'GSA001' });
    const cases = readJunit(await run('junit'));
    expect(cases.find(({ name }) => name.startsWith('GSA001'))).toMatchObject({ child: 'failure', type: 'failed' });
    expect(readGithub(await run('github'))).not.toContain(undefined);
    expect(readTap(await run('tap')).faults).toEqual([]);
  });

  test('fail what the gate of --fail-on fails, and place only what was found', async () => {
    const place = workplace();
    await place.gsa('init');
    const run = async (...gate: readonly string[]) => {
      const { exitCode, stdout } = await place.gsa(['check', '-o', 'junit', ...gate]);
      return { exitCode, stdout, failures: readJunit(stdout).filter(({ child }) => child === 'failure').length };
    };
    const [open, gated] = [await run(), await run('--fail-on', 'note')];
    expect([open.exitCode, gated.exitCode]).toEqual([0, 1]);
    expect(gated.failures).toBeGreaterThan(open.failures);
    expect(gated.stdout).toContain(`failures="${gated.failures}"`);
    for (const line of gated.stdout.split('\n').filter((each) => each.includes('<testcase'))) {
      const isPass = line.endsWith('/>');
      expect([line, line.includes(' file="')]).toEqual([line, !isPass]);
    }
    expect(gated.stdout).not.toContain('file="gsa-check"');
  });
});
