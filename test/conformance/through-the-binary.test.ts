import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { publishedSchemaText } from '../../src/intake/gsatest/published-schema.ts';
import type { TestReport } from '../../src/output/reports/gsatest/result.ts';
import { PROJECT, quietEnvironment } from '../support/terminal.ts';

const NODE = join(PROJECT, 'node_modules/.bin/node');
const SCHEMA = join(PROJECT, 'docs/schema/gsatest.schema.json');
const files = globSync(
  ['test/conformance/cases/*.gsatest.yaml', 'examples/**/*.gsatest.yaml', 'docs/gsatest/*.gsatest.yaml'],
  {
    cwd: PROJECT,
  },
).sort();

test('our own conformance cases are run by `gsa test` itself, through the binary, and pass', () => {
  const stdout = execFileSync(NODE, ['bin/gsa.js', 'test', 'test/conformance/cases', '-o', 'json'], {
    cwd: PROJECT,
    encoding: 'utf8',
    env: quietEnvironment(tmpdir()),
  });
  const { summary, value } = JSON.parse(stdout) as TestReport;
  expect(value.filter(({ status }) => status !== 'passed')).toEqual([]);
  expect(summary.tests).toBeGreaterThan(80);
});

describe('the published schema', () => {
  test('is the reader’s: `node tools/write-gsatest-schema.mjs` writes it', () => {
    expect(readFileSync(SCHEMA, 'utf8')).toBe(publishedSchemaText());
  });

  const validate = new Ajv2020({ strict: false, unicodeRegExp: false }).compile(JSON.parse(publishedSchemaText()));

  test.each(files)('accepts %s', (file) => {
    validate(parse(readFileSync(join(PROJECT, file), 'utf8')));
    expect(validate.errors ?? []).toEqual([]);
  });

  test.each([
    ['an unknown key', { suite: 'x', tests: [{ name: 'a', sigIn: {} }] }],
    [
      'an unknown outcome',
      { suite: 'x', tests: [{ name: 'a', signIn: { user: 'u' }, expect: { outcome: 'grantd' } }] },
    ],
    ['no tests', { suite: 'x', tests: [] }],
    [
      'a skip without an owner',
      {
        suite: 'x',
        tests: [
          {
            name: 'a',
            skip: { reason: 'r', until: '2026-01-01' },
            signIn: { user: 'u' },
            expect: { outcome: 'granted' },
          },
        ],
      },
    ],
  ])('refuses %s', (_, value) => {
    expect(validate(value)).toBe(false);
  });
});
