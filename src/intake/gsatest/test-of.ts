import type {
  Choice,
  CountRange,
  Dimension,
  Expectation,
  FilePath,
  InvariantRange,
  MatrixRow,
  SuiteProblem,
  Test,
  TestHead,
} from '../../core/gsatest/suite.ts';
import { nearNames } from '../../core/values/near-names.ts';
import { isJsonObject } from '../json/value.ts';
import { problemsOfIssues } from './problems.ts';
import type { CountText, ExpectText, ReasonText, RowText, TestKind, TestText } from './schema.ts';
import { TEST_KINDS } from './schema.ts';
import type { SignInText } from './schema-sign-in.ts';
import { signInSpec } from './sign-in-spec.ts';

export type TestReading = { readonly test: Test } | { readonly problems: readonly SuiteProblem[] };

/** Reads one test. Which kind it is shows from its members, so a mistake is told in terms of that kind. */
export function readTest(value: unknown, at: number): TestReading {
  const path: FilePath = ['tests', at];
  if (!isJsonObject(value))
    return { problems: [{ path, message: 'a test is an object with a `name`', hint: undefined }] };
  const kind = kindOf(value);
  if (kind === undefined) {
    const [near] = nearNames(Object.keys(value).find((key) => !(key in HEAD_KEYS)) ?? '', Object.keys(TEST_KINDS));
    const hint =
      near === undefined ? `say what is tested: ${Object.keys(TEST_KINDS).join(', ')}` : `did you mean \`${near}\`?`;
    return { problems: [{ path, message: 'nothing is tested here', hint }] };
  }
  const parsed = TEST_KINDS[kind].safeParse(value);
  if (!parsed.success) return { problems: problemsOfIssues(parsed.error.issues, value, path) };
  return make[kind](parsed.data as never, at);
}

const HEAD_KEYS = { name: 1, tags: 1, source: 1, skip: 1, expectFailure: 1, expect: 1, signaling: 1 };

/** `signIn` comes last: a matrix and an invariant may have one too. */
function kindOf(value: object): TestKind | undefined {
  return (Object.keys(TEST_KINDS) as TestKind[]).find((kind) => kind in value);
}

const make: { readonly [Kind in TestKind]: (text: TestText<Kind>, at: number) => TestReading } = {
  signIn: (text, at) => ({
    test: {
      ...headOf(text, at),
      kind: 'case',
      signaling: text.signaling,
      signIn: signInSpec(text.signIn),
      expect: expectationOf(text.expect),
    },
  }),
  matrix: (text, at) => {
    const dimensions = dimensionsOf(text.matrix);
    const rows = Array.isArray(text.expect) ? text.expect : [{ ...text.expect, when: {} }];
    const problems = rows.flatMap((row, number) =>
      whenProblems(row, dimensions, ['tests', at, 'expect', number, 'when']),
    );
    if (problems.length > 0) return { problems };
    return {
      test: {
        ...headOf(text, at),
        kind: 'matrix',
        signaling: text.signaling,
        signIn: signInSpec(text.signIn ?? {}),
        dimensions,
        rows: rows.map(rowOf),
      },
    };
  },
  invariant: (text, at) => ({
    test: {
      ...headOf(text, at),
      kind: 'invariant',
      signIn: signInSpec(text.signIn ?? {}),
      range: rangeOf(text.invariant.for),
      never: text.invariant.never === undefined ? undefined : { outcome: list(text.invariant.never.outcome) },
      always: text.invariant.always === undefined ? undefined : expectationOf(text.invariant.always),
    },
  }),
  change: (text, at) => ({
    test: {
      ...headOf(text, at),
      kind: 'change',
      change: text.change,
      signIns: list(text.signIns),
      where: text.where ?? {},
      proxyCountry: text.assume?.proxyCountry?.toUpperCase(),
      expect: Object.fromEntries(
        Object.entries(text.expect).flatMap(([name, count]) =>
          count === undefined ? [] : [[name, countRange(count)]],
        ),
      ),
    },
  }),
  all: (text, at) => ({
    test: {
      ...headOf(text, at),
      kind: 'all',
      change: text.all.change ?? {},
      with: text.all.with,
      never: text.all.never === undefined ? [] : list(text.all.never),
      intended: text.all.intended?.map(({ policy, changes }) => ({ policy, changes })),
    },
  }),
  dependencies: (text, at) => ({
    test: {
      ...headOf(text, at),
      kind: 'dependencies',
      of: text.dependencies.of,
      equal: text.dependencies.equal,
      contains: text.dependencies.contains,
      excludes: text.dependencies.excludes,
    },
  }),
  command: (text, at) => ({
    test: {
      ...headOf(text, at),
      kind: 'command',
      command: text.command,
      expect: {
        exit: text.expect.exit,
        tenant: text.expect.tenant,
        stdout: text.expect.stdout === undefined ? undefined : list(text.expect.stdout),
        stderr: text.expect.stderr === undefined ? undefined : list(text.expect.stderr),
      },
    },
  }),
};

type HeadText = Pick<TestText<'command'>, 'name' | 'tags' | 'source' | 'skip' | 'expectFailure'>;

function headOf({ name, tags, source, skip, expectFailure }: HeadText, at: number): TestHead {
  return { name, at, tags: tags ?? [], source, skip, expectFailure };
}

function expectationOf({ outcome, because, decidedBy, ...rest }: ExpectText): Expectation {
  return {
    ...rest,
    outcome: outcome === undefined ? undefined : list(outcome),
    because: because === undefined ? undefined : [because].flat().map(reasonOf),
    decidedBy: decidedBy === undefined ? undefined : list(decidedBy),
  };
}

/** `location excluded: Headquarters` as it was meant, also where YAML took it for a map of one pair. */
function reasonOf(text: ReasonText): string {
  return typeof text === 'string'
    ? text
    : Object.entries(text)
        .map((pair) => pair.join(': '))
        .join();
}

function rowOf({ when, ...expect }: RowText): MatrixRow {
  return {
    when: Object.fromEntries(
      Object.entries(when).map(([name, words]) => [name, (Array.isArray(words) ? words : [words]).map(String)]),
    ),
    expect: expectationOf(expect),
  };
}

function dimensionsOf({ signaling, satisfied, ...members }: TestText<'matrix'>['matrix']): Dimension[] {
  const dimensions: Dimension[] = Object.entries(members).flatMap(([name, values]) =>
    Array.isArray(values)
      ? [
          {
            name,
            values: values.map((value) => ({
              text: String(value),
              signIn: signInSpec({ [name]: value } as SignInText),
            })),
          },
        ]
      : [],
  );
  if (satisfied !== undefined) {
    dimensions.push({
      name: 'satisfied',
      values: satisfied.map((controls) => ({ text: controls.join(' ') || 'nothing', signIn: { satisfied: controls } })),
    });
  }
  if (signaling !== undefined) {
    dimensions.push({
      name: 'signaling',
      values: signaling.map((status) => ({ text: status, signaling: status, signIn: {} })),
    });
  }
  return dimensions;
}

/** `when` speaks of the matrix's own members and values: anything else would never fit a cell. */
function whenProblems({ when }: RowText, dimensions: readonly Dimension[], path: FilePath): SuiteProblem[] {
  return Object.entries(when).flatMap(([name, said]): SuiteProblem[] => {
    const dimension = dimensions.find((each) => each.name === name);
    if (dimension === undefined) {
      const known = dimensions.map((each) => each.name);
      return [{ path: [...path, name], message: `\`${name}\` is not in the matrix`, hint: hintFor(name, known) }];
    }
    const words = dimension.values.map(({ text }) => text);
    return (Array.isArray(said) ? said : [said]).map(String).flatMap((word) =>
      words.includes(word)
        ? []
        : [
            {
              path: [...path, name],
              message: `\`${word}\` is no \`${name}\` of the matrix`,
              hint: hintFor(word, words),
            },
          ],
    );
  });
}

function hintFor(text: string, known: readonly string[]): string {
  const [near] = nearNames(text, known);
  return near === undefined ? `one of: ${known.join(', ')}` : `did you mean \`${near}\`?`;
}

function rangeOf({
  users,
  apps,
  addresses,
  paths,
  signaling,
}: TestText<'invariant'>['invariant']['for']): InvariantRange {
  return {
    users,
    apps: apps satisfies Choice | undefined,
    addresses,
    paths,
    signaling: signaling === undefined || signaling === 'any' ? signaling : list(signaling),
  };
}

function countRange(count: CountText): CountRange {
  if (typeof count === 'number') return { least: count, most: count };
  return { least: count.atLeast ?? 0, most: count.atMost ?? Number.POSITIVE_INFINITY };
}

function list<T extends string>(value: T | readonly T[]): readonly T[] {
  return typeof value === 'string' ? [value] : value;
}
