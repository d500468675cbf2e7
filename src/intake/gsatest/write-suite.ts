import { Document, isMap, isPair, isScalar, visit } from 'yaml';
import type { Characteristic } from '../../core/gsatest/characterise.ts';
import type { PathFixture } from '../../core/gsatest/suite.ts';

/** What stands in a generated file. */
export interface WrittenSuite {
  readonly suite: string;
  readonly tenant: string | undefined;
  readonly now: string;
  readonly paths: Readonly<Record<string, PathFixture>>;
  /** Application ids by name. */
  readonly applications: Readonly<Record<string, string>>;
  readonly tests: readonly Characteristic[];
}

/** Members that are written on one line, as one would by hand. */
const ON_ONE_LINE = new Set(['signIn', 'expect']);
/** Letters, as JSON; a longer one is read better line by line. */
const WIDEST = 100;

/** A test file as a person would have written it: what is short on one line. */
export function suiteText({ suite, tenant, now, paths, applications, tests }: WrittenSuite): string {
  const fixtures = {
    ...(Object.keys(paths).length === 0 ? {} : { paths }),
    ...(Object.keys(applications).length === 0 ? {} : { applications }),
  };
  const document = new Document({
    suite,
    ...(tenant === undefined ? {} : { tenant }),
    now,
    ...(Object.keys(fixtures).length === 0 ? {} : { fixtures }),
    tests: tests.map(({ name, signaling, signIn, expect }) => ({ name, signaling, signIn, expect })),
  });
  visit(document, {
    Pair: (_, pair) => {
      if (!isPair(pair) || !isScalar(pair.key)) return undefined;
      const isFlat = ON_ONE_LINE.has(String(pair.key.value)) || Object.hasOwn(paths, String(pair.key.value));
      if (isFlat && isMap(pair.value) && JSON.stringify(pair.value).length <= WIDEST) pair.value.flow = true;
      if (pair.key.value === 'tests') pair.key.spaceBefore = true;
      return undefined;
    },
    Map: (key, node, path) => {
      // A blank line between tests.
      const parent = path.at(-1);
      if (typeof key === 'number' && key > 0 && path.length === 4 && parent !== undefined) node.spaceBefore = true;
      return undefined;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}
