import { describe, expect, test } from 'vitest';
import type { AttributeValue } from '../../../../../src/core/conditional-access/filter/rule-evaluation.ts';
import { evaluateRule } from '../../../../../src/core/conditional-access/filter/rule-evaluation.ts';
import { parseRule } from '../../../../../src/core/conditional-access/filter/rule-filter.ts';

const DEVICE: Readonly<Record<string, AttributeValue>> = {
  'device.displayName': 'PC-Berlin-7',
  'device.isCompliant': true,
  'device.trustType': 'AzureAD',
  'device.model': null,
  'device.physicalIds': ['[ZTDId]:1', 'tag'],
};

function answer(rule: string, read: (attribute: string) => AttributeValue = (name) => DEVICE[name]) {
  const parsed = parseRule(rule);
  return 'error' in parsed ? parsed.error : evaluateRule(parsed.steps, read).truth;
}

describe('a filter rule', () => {
  test.each([
    ['device.displayName -eq "pc-berlin-7"', true],
    ['device.displayName -ne "PC-Berlin-7"', false],
    ['device.displayName -startsWith "pc-"', true],
    ['device.displayName -notStartsWith "pc-"', false],
    ['device.displayName -endsWith "-7"', true],
    ['device.displayName -endsWith "-8"', false],
    ['device.displayName -notEndsWith "-7"', false],
    ['device.displayName -contains "BERLIN"', true],
    ['device.displayName -notContains "Munich"', true],
    ['device.displayName -in ["x", "PC-BERLIN-7"]', true],
    ['device.displayName -notIn ["x", "y"]', true],
    ['device.displayName -notIn ["x", "PC-Berlin-7"]', false],
    ['device.isCompliant -eq True', true],
    ['device.isCompliant -eq "true"', true],
    ['device.isCompliant -eq False', false],
  ])('compares texts without regard to case: %s is %s', (rule, expected) => {
    expect(answer(rule)).toBe(expected);
  });

  test.each([
    ['device.model -eq "A"', false],
    ['device.model -ne "A"', true],
    ['device.model -startsWith "A"', false],
    ['device.model -notContains "A"', true],
    ['device.model -in ["A"]', false],
    ['device.model -notIn ["A"]', true],
    ['device.model -eq null', true],
    ['device.model -ne NULL', false],
    ['device.model -in ["A", null]', true],
    ['device.displayName -eq null', false],
    ['device.displayName -ne null', true],
    ['device.model -eq "null"', false],
    ['device.model -contains null', false],
  ])('lets null fail what is positive and meet what is negative: %s is %s', (rule, expected) => {
    expect(answer(rule)).toBe(expected);
  });

  test.each([
    ['device.physicalIds -contains "TAG"', true],
    ['device.physicalIds -contains "ta"', false],
    ['device.physicalIds -notContains "ta"', true],
    ['device.physicalIds -startsWith "[ZTD"', true],
    ['device.physicalIds -in ["tag", "other"]', true],
  ])('takes whole elements of a collection: %s is %s', (rule, expected) => {
    expect(answer(rule)).toBe(expected);
  });

  const read = (name: string): AttributeValue => (name === 't' ? 'yes' : name === 'f' ? 'no' : undefined);
  const [T, F, U] = ['t -eq yes', 'f -eq yes', 'u -eq yes'];

  test.each([
    [`${T} -or ${T} -and ${F}`, true],
    [`(${T} -or ${T}) -and ${F}`, false],
    [`${F} -and ${F} -or ${T}`, true],
    [`-not ${F} -and ${F}`, false],
    [`-not (${F} -and ${F})`, true],
    [`-not -not ${T}`, true],
    [`not ${T} or ${T}`, true],
    [`${T} AND ${T}`, true],
    [`((${T}))`, true],
    [`-not ${T} -or ${T}`, true],
    [`${T} -or -not ${T}`, true],
  ])('binds comparison, then -not, then -and, then -or: %s is %s', (rule, expected) => {
    expect(answer(rule, read)).toBe(expected);
  });

  test.each([
    [`${U} -and ${F}`, false],
    [`${U} -and ${T}`, 'unknown'],
    [`${U} -or ${T}`, true],
    [`${U} -or ${F}`, 'unknown'],
    [`-not ${U}`, 'unknown'],
  ])('answers unknown only where it hangs on an attribute that is not known: %s is %s', (rule, expected) => {
    expect(answer(rule, read)).toBe(expected);
  });

  test.each([
    ['device.displayName -in ["PC"]', false],
    ['device.displayName -endsWith "Berlin"', false],
  ])('takes a text whole or at its end where the operator says so: %s is %s', (rule, expected) => {
    expect(answer(rule)).toBe(expected);
  });

  test.each([`${T} "and" ${T}`, 't e-q yes', `${T} a-nd ${T}`, `${T} maybe ${T}`])('cannot be read: %s', (rule) => {
    expect(answer(rule, read)).toHaveProperty('message');
  });

  test('names no attribute that is known', () => {
    const parsed = parseRule(`${T} -and ${U}`);
    expect('steps' in parsed && evaluateRule(parsed.steps, read).facts).toEqual(['u']);
  });

  test('names the attributes that are not known', () => {
    const parsed = parseRule('u -eq 1 -and v -eq 2');
    expect('steps' in parsed && evaluateRule(parsed.steps, () => undefined)).toEqual({
      truth: 'unknown',
      facts: ['u', 'v'],
    });
  });

  test('keeps a quote behind a backtick', () => {
    expect(answer('name -eq "a`"b``c`d"', () => 'a"b`c`d')).toBe(true);
  });

  test('reads operators with and without the hyphen, and values of many spellings', () => {
    expect(parseRule('device.model NOTIN [ A ,"b c", null ]')).toEqual({
      steps: [
        {
          kind: 'compare',
          attribute: 'device.model',
          operator: 'in',
          negative: true,
          values: ['A', 'b c', null],
          at: 0,
        },
      ],
    });
  });

  test.each([
    ['', 'expected an attribute, not the end', 0],
    ['device.model', 'expected a comparison operator, not the end', 12],
    ['device.model -like "A"', 'expected a comparison operator, not `-like`', 13],
    ['device.model "eq" "A"', 'expected a comparison operator, not `eq`', 13],
    ['device.model -eq', 'expected a value, not the end', 16],
    ['device.model -eq ["A"]', 'expected a value, not `[`', 17],
    ['device.model -in "A"', 'expected a list in [ ], not `A`', 17],
    ['device.model -in []', 'expected a value, not `]`', 18],
    ['device.model -in ["A" "B"]', 'expected a comma or ], not `B`', 22],
    ['device.model -in ["A"', 'expected a comma or ], not the end', 21],
    ['device.model -eq "A', 'a text is not closed by a double quote', 17],
    ['(device.model -eq "A"', 'a parenthesis is not closed', 0],
    ['device.model -eq "A")', 'a parenthesis is closed that was not opened', 20],
    ['device.model -eq "A" device.model -eq "B"', 'expected -and, -or or the end, not `device.model`', 21],
    ['-and device.model -eq "A"', 'expected a comparison operator, not `device.model`', 5],
    ['"A" -eq device.model', 'expected an attribute, not `A`', 0],
  ])('that cannot be read is an error with its place: %s', (rule, message, at) => {
    expect(answer(rule)).toEqual({ message, at });
  });

  test('may have 3,072 characters and not one more', () => {
    const filler = 'x'.repeat(3072 - 'a -eq ""'.length);
    expect(answer(`a -eq "${filler}"`, () => filler)).toBe(true);
    expect(answer(`a -eq "${filler}y"`)).toEqual({ message: 'the rule is longer than 3072 characters', at: 3072 });
  });

  test('nests as deeply as its length allows', () => {
    const depth = 1500;
    expect(answer(`${'('.repeat(depth)}t -eq yes${')'.repeat(depth)}`, read)).toBe(true);
    expect(answer(`${'-not '.repeat(600)}t -eq yes`, read)).toBe(true);
    expect(answer(`${'-not '.repeat(601)}t -eq yes`, read)).toBe(false);
  });
});
