import { GUID_PATTERN } from '../../core/values/guid.ts';
import { nearNames } from '../../core/values/near-names.ts';
import { GsaError } from '../../trouble/error.ts';
import { readInstant } from '../sign-ins/facts/instants.ts';
import type { Literal } from './filter.ts';

export type Token =
  | { readonly kind: 'word'; readonly text: string; readonly at: number }
  | { readonly kind: 'symbol'; readonly text: '(' | ')' | ',' | ':' | '/'; readonly at: number }
  | { readonly kind: 'literal'; readonly literal: Literal; readonly at: number }
  | { readonly kind: 'end'; readonly at: number };

/** Longest filter that is read; Graph's own limit on the whole URL is lower. */
const LONGEST = 8192;

const SPACE = /\s+/y;
const TEXT = /'((?:[^']|'')*)'/y;
const TIME = /\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,12})?)?(?:Z|[+-]\d\d:\d\d))?(?![\w.:-])/iy;
const GUID = new RegExp(`${GUID_PATTERN}(?![\\w-])`, 'iy');
const NUMBER = /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.:-])/iy;
const WORD = /[$A-Za-z_][\w.]*/y;

/** Takes a filter apart. Throws GsaError `usage` at the first character that begins nothing. */
export function tokensOf(text: string): readonly Token[] {
  if (text.length > LONGEST) throw filterError(text, 0, `it is longer than ${LONGEST} characters`);
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const space = matched(SPACE, text, at);
    if (space !== undefined) at += space.length;
    else {
      const [token, length] = tokenAt(text, at);
      tokens.push(token);
      at += length;
    }
  }
  tokens.push({ kind: 'end', at });
  return tokens;
}

function tokenAt(text: string, at: number): readonly [token: Token, length: number] {
  const symbol = text[at];
  switch (symbol) {
    case '(':
    case ')':
    case ',':
    case ':':
    case '/':
      return [{ kind: 'symbol', text: symbol, at }, 1];
    case "'": {
      const quoted = matched(TEXT, text, at);
      if (quoted === undefined) throw filterError(text, at, 'this text has no closing quote');
      const value = quoted.slice(1, -1).replaceAll("''", "'");
      return [{ kind: 'literal', literal: { kind: 'literal', value, type: 'text' }, at }, quoted.length];
    }
    default:
  }
  const guid = matched(GUID, text, at);
  if (guid !== undefined) return literal('guid', guid, guid, at);
  const time = matched(TIME, text, at);
  if (time !== undefined) return literal('dateTime', instantOf(text, at, time), time, at);
  const number = matched(NUMBER, text, at);
  if (number !== undefined) return literal('number', Number(number), number, at);
  const word = matched(WORD, text, at);
  if (word === undefined) throw filterError(text, at, 'this begins neither a name nor a value');
  if (word === 'true' || word === 'false') return literal('boolean', word === 'true', word, at);
  if (word === 'null') return literal('null', null, word, at);
  return [{ kind: 'word', text: word, at }, word.length];
}

function literal(
  type: Literal['type'],
  value: Literal['value'],
  written: string,
  at: number,
): readonly [token: Token, length: number] {
  return [{ kind: 'literal', literal: { kind: 'literal', value, type }, at }, written.length];
}

/** A date alone is its midnight, a time without seconds its full minute, both in UTC. */
function instantOf(text: string, at: number, written: string): string {
  const whole =
    written.length === 10 ? `${written}T00:00:00Z` : written.replace(/^(.{10}T\d\d:\d\d)(Z|[+-])/i, '$1:00$2');
  const instant = readInstant(whole, 'stated');
  if (instant === undefined) throw filterError(text, at, `there is no time \`${written}\``);
  return instant;
}

function matched(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** What is wrong with a filter, and where; `meant` are the names from which a near one is proposed. */
export function filterError(
  filter: string,
  at: number,
  what: string,
  meant?: { readonly written: string; readonly names: Iterable<string> },
): GsaError {
  const near = meant === undefined ? [] : nearNames(meant.written, meant.names);
  const rest = filter.slice(at, at + 40);
  const hint = near.length === 0 ? {} : { hint: `did you mean ${near.map((name) => `\`${name}\``).join(' or ')}?` };
  return new GsaError('usage', `the filter cannot be read: ${what}`, {
    ...hint,
    problems: [{ line: 1, column: at + 1, message: rest === '' ? 'its end' : `\`${rest}\`` }],
  });
}
