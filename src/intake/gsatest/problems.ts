import type { z } from 'zod';
import type { FilePath, SuiteProblem } from '../../core/gsatest/suite.ts';
import { lowerFirst } from '../../core/values/lower-first.ts';
import { nearNames } from '../../core/values/near-names.ts';
import { nameOfType } from '../json/value.ts';
import { excerpt } from '../text/excerpt.ts';
import { KNOWN_KEYS } from './schema-parts.ts';

type Issue = z.core.$ZodIssue;

/** Problems of one file that are told; whoever has more begins with these. */
export const MOST_PROBLEMS = 50;

/** What zod found, in our words, each with the path into the file and the near name where there is one. */
export function problemsOfIssues(issues: readonly Issue[], value: unknown, path: FilePath): SuiteProblem[] {
  return issues.flatMap((issue) => problemsOfIssue(issue, value, path));
}

function problemsOfIssue(issue: Issue, root: unknown, base: FilePath): SuiteProblem[] {
  const path: FilePath = [...base, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))];
  const value = valueAt(root, issue.path);
  switch (issue.code) {
    case 'unrecognized_keys':
      // One more than is told: there may be as many as a file has room for.
      return issue.keys.slice(0, MOST_PROBLEMS + 1).map((key) => unknownKey(key, issue.message, path));
    case 'invalid_value':
      return [{ path, ...wrongWord(value, issue.values.map(String)) }];
    case 'invalid_type':
      return [{ path, message: typeMessage(issue.expected, value, path), hint: quoteHint(issue.expected, value) }];
    case 'invalid_union':
      return unionProblems(issue, root, base, path, value);
    case 'too_small':
      return [{ path, message: issue.message.startsWith('Too') ? 'is empty' : issue.message, hint: undefined }];
    case 'custom': {
      const words: unknown = issue.params?.['words'];
      if (Array.isArray(words)) return [{ path, ...wrongWord(value, words.map(String)) }];
      return [{ path, message: issue.message, hint: undefined }];
    }
    case 'invalid_key':
    case 'invalid_element':
      return problemsOfIssues(issue.issues, root, base);
    default:
      return [{ path, message: lowerFirst(issue.message), hint: undefined }];
  }
}

function unknownKey(key: string, message: string, path: FilePath): SuiteProblem {
  const known = message.startsWith(KNOWN_KEYS) ? message.slice(KNOWN_KEYS.length).split(' ') : [];
  const near = meantBy(key, known) ?? nearest(key, known);
  const hint =
    near === undefined
      ? `the keys here are ${known.filter((each) => each !== '$schema').join(', ')}`
      : `did you mean \`${near}\`?`;
  return { path: [...path, key], message: `unknown key \`${excerpt(key)}\``, hint };
}

/** Words that people try for a member of `signIn`, from Graph and from other tools. */
const TRIED: ReadonlyMap<string, string> = new Map([
  ['countryOrRegion', 'country'],
  ['ip', 'from'],
  ['ipAddress', 'from'],
  ['sourceIp', 'from'],
  ['userPrincipalName', 'user'],
  ['application', 'app'],
  ['appDisplayName', 'app'],
]);

function meantBy(key: string, known: readonly string[]): string | undefined {
  const meant = TRIED.get(key);
  return meant !== undefined && known.includes(meant) ? meant : undefined;
}

function wrongWord(value: unknown, words: readonly string[]): Pick<SuiteProblem, 'message' | 'hint'> {
  const shown = typeof value === 'string' ? `\`${excerpt(value)}\`` : nameOfType(value);
  const near = typeof value === 'string' ? nearest(value, words) : undefined;
  return {
    message: `${shown} is not one of the words here`,
    hint: near === undefined ? `one of: ${words.join(', ')}` : `did you mean \`${near}\`?`,
  };
}

function typeMessage(expected: string, value: unknown, path: FilePath): string {
  if (value === undefined) return `\`${String(path.at(-1) ?? 'suite')}\` is missing`;
  return `expected ${TYPES[expected] ?? expected}, found ${nameOfType(value)}`;
}

/** YAML reads `123` and `yes: true` as what they look like. */
function quoteHint(expected: string, value: unknown): string | undefined {
  return expected === 'string' && ['number', 'boolean'].includes(typeof value)
    ? `put it in quotes: "${String(value)}"`
    : undefined;
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
};

/** The problems of the shape that the author meant, of several: the first one that fits on the outside. */
function unionProblems(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  root: unknown,
  base: FilePath,
  path: FilePath,
  value: unknown,
): SuiteProblem[] {
  const inside = (each: Issue): Issue => ({ ...each, path: [...issue.path, ...each.path] });
  const meant =
    issue.errors.find((errors) => !errors.some((each) => each.code === 'invalid_type' && each.path.length === 0)) ?? [];
  if (meant.length > 0) return problemsOfIssues(meant.map(inside), root, base);
  const wanted = issue.errors
    .flat()
    .flatMap((each) => (each.code === 'invalid_type' ? [TYPES[each.expected] ?? each.expected] : []));
  return [
    { path, message: `expected ${[...new Set(wanted)].join(' or ')}, found ${nameOfType(value)}`, hint: undefined },
  ];
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, part);
  }
  return value;
}

/**
 * The nearest word; of several that are as near, the one of the most similar length: `success` for `succes`, not
 * `reportOnlySuccess`.
 */
function nearest(text: string, words: readonly string[]): string | undefined {
  const apart = (word: string) => Math.abs(word.length - text.length);
  return nearNames(text, words).toSorted((a, b) => apart(a) - apart(b))[0];
}
