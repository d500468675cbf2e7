import { InvalidArgumentError } from 'commander';
import fc from 'fast-check';
import { describe, test } from 'vitest';
import { readLogFilter } from '../../src/commands/logs/odata.ts';
import { isoDateOrTime, isoTime, milliseconds, percent, positiveInteger } from '../../src/commands/options.ts';
import { parseRule } from '../../src/core/conditional-access/filter/rule-filter.ts';
import { parseAddress } from '../../src/core/network/address.ts';
import { parseRange, parseRangeBetween } from '../../src/core/network/range.ts';
import { parseFilter } from '../../src/intake/odata/parse-filter.ts';
import { readInstant } from '../../src/intake/sign-ins/facts/instants.ts';
import { queryProblem, select } from '../../src/output/formats/query.ts';
import { QueryError } from '../../src/output/query-error.ts';
import { bent, DEEP, deep, fuzz, holds, textOf } from './fuzz.ts';

const FILTERS = [
  "status/errorCode eq 53003 and createdDateTime ge 2026-01-15T00:00:00Z and startsWith(userPrincipalName,'a')",
  "appliedConditionalAccessPolicies/any(p:p/result eq 'failure' or p/displayName in ('a','b'))",
  "not (contains(tolower(ipAddress), '203.') eq true) or isof(location, 'x')",
];
const FILTER_WORDS =
  "( ) , / eq ne and or not in any( all( p: p/result startsWith( tolower( isof( null true 'a' '' 1 -1.5 2026-01-15T00:00:00Z status/errorCode ipAddress".split(
    ' ',
  );
const QUERIES = ['value[?state==`enabled`].{name: displayName, id: id} | [0]', 'sort_by(value, &displayName)[::2].id'];
const QUERY_WORDS =
  '[ ] [] [*] [? [:: { } ( ) . * | || && ! & @ `1` `[]` "a" value displayName length( join( sort_by( range( map( == < , : let $x in'.split(
    ' ',
  );
const RULES = [
  'device.trustType -eq "AzureAD" -and -not (device.model -in ["a", "b"] -or device.isCompliant -ne True)',
  'CustomSecurityAttribute.Set_Name -notContains "x"',
];
const RULE_WORDS =
  '( ) [ ] , -and -or -not and not -eq -ne -in -notIn -contains device.model "a" \'b\' null True'.split(' ');
const BODY = { value: [{ id: '1', displayName: 'A', state: 'enabled', n: 1, list: [1, 2, { a: null }] }], count: 1 };

const spaced = (words: readonly string[]) => textOf(words.flatMap((word) => [word, ` ${word} `]));
const isRefusedOption = (error: unknown) => error instanceof InvalidArgumentError;
const isQueryError = (error: unknown) => error instanceof QueryError;

function askQuery(text: string): unknown {
  return queryProblem(text) ?? select(BODY, text);
}

describe('any text in the place of an expression is read or refused', () => {
  test('a $filter over sign-ins', () =>
    fuzz('$filter', fc.oneof(bent(FILTERS), spaced(FILTER_WORDS)), (text) => holds(() => parseFilter(text))));

  test('a $filter over the log', () =>
    fuzz('$filter of logs', fc.oneof(bent(FILTERS), spaced(FILTER_WORDS)), (text) => holds(() => readLogFilter(text))));

  test('a --query', () =>
    fuzz('--query', fc.oneof(bent(QUERIES), spaced(QUERY_WORDS)), (text) => holds(() => askQuery(text), isQueryError)));

  test('a rule of a device filter', () =>
    fuzz('device rule', fc.oneof(bent(RULES), spaced(RULE_WORDS)), (text) => holds(() => parseRule(text))));

  test('an address, a range, two ends of a range', () =>
    fuzz(
      'addresses',
      fc.oneof(
        bent([
          '203.0.113.7',
          '2001:db8::/32',
          '::ffff:203.0.113.7',
          'fe80::1%eth0',
          '10.0.0.0-10.0.0.255',
          '10.0.0.0/8',
        ]),
        textOf(['.', ':', '::', '/', '-', '0', '255', '256', 'ffff', '0x7f', '%', '32', '128']),
      ),
      (text) =>
        holds(() => {
          parseAddress(text);
          parseRange(text);
          parseRangeBetween(text, text.slice(1));
        }),
    ));

  test('a date of an export', () =>
    fuzz(
      'dates',
      fc.oneof(
        bent([
          '2026-06-15T09:56:49.1234567+02:00',
          '/Date(1750000000000)/',
          '6/15/2026, 9:56:49 AM',
          '2026-06-15 09:56:49',
        ]),
        textOf(['2026', '-', '/', ':', 'T', 'Z', '+', '06', '31', ' ', 'AM', '.', '/Date(', ')/']),
      ),
      (text) =>
        holds(() => {
          for (const zone of ['stated', 'utc'] as const) {
            for (const order of ['monthFirst', 'dayFirst'] as const) readInstant(text, zone, order);
          }
          readInstant({ value: { value: text } }, 'utc');
        }),
    ));

  for (const [name, read] of Object.entries({ isoTime, isoDateOrTime, milliseconds, positiveInteger, percent })) {
    test(`an option read by ${name}`, () =>
      fuzz(
        name,
        fc.oneof(bent(['2026-06-15T09:56:49Z', '2026-06-15', '10s', '5', '1.5%', '250ms']), fc.string()),
        (text) => holds(() => read(text), isRefusedOption),
      ));
  }
});

describe('depth and length end in a refusal, not in the end of the stack', () => {
  test.each([
    ['parentheses', deep('(')],
    ['closed parentheses', deep('(', ')', 'device.model -eq "a"')],
    ['negations', deep('-not ')],
    ['lists', deep('[')],
    ['conditions', `${'device.model -eq "a" -and '.repeat(DEEP)}device.model -eq "a"`],
    ['quotes', deep('"')],
  ])('a device rule of 100,000 %s', (_, rule) => holds(() => parseRule(rule)));

  test.each([
    ['parentheses', deep('(')],
    ['closed parentheses', deep('(', ')', 'id eq 1')],
    ['negations', deep('not ')],
    ['lambdas', deep('appliedConditionalAccessPolicies/any(p:')],
    ['functions', deep('tolower(')],
    ['members', deep('a/')],
    ['conditions', `${"id eq 'a' or ".repeat(DEEP)}id eq 'a'`],
    ['quotes', deep("'")],
  ])('a $filter of 100,000 %s', (_, filter) =>
    holds(() => {
      parseFilter(filter);
    }),
  );

  test.each([
    ['brackets', deep('[')],
    ['literals', `\`${deep('[', ']')}\``],
    ['members', deep('a.')],
    ['parentheses', deep('(', ')', 'a')],
    ['negations', deep('!')],
    ['brackets as many as are read', deep('[', ']', '', 1_900)],
    ['projections as many as are read', deep('[]', '', '', 1_900)],
    ['negations as many as are read', deep('!', '', 'a', 3_900)],
    ['literals as many as are read', `\`${deep('[', ']', '', 1_900)}\``],
  ])('a --query of %s', (_, query) => holds(() => askQuery(query), isQueryError));

  test.each(['1', '.', ':', '1.', '0:', '/', '-', '2026-'])('a date, an address or a range of 100,000 `%s`', (piece) =>
    holds(() => {
      const text = deep(piece);
      parseAddress(text);
      parseRange(text);
      readInstant(text, 'utc');
      readInstant(text, 'stated', 'dayFirst');
    }),
  );

  test('a date in 100,000 objects', () => {
    let value: unknown = '2026-06-15T09:56:49Z';
    for (let depth = 0; depth < DEEP; depth += 1) value = { value };
    return holds(() => readInstant(value, 'utc'));
  });
});
