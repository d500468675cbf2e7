import type { FilePath, Fixtures, Suite, SuiteProblem, Test } from '../../core/gsatest/suite.ts';
import { parseAddress } from '../../core/network/address.ts';
import { isGuid } from '../../core/values/guid.ts';
import { decodeText } from '../text/decode.ts';
import type { TextPosition } from '../text/position.ts';
import type { SuiteDocument } from './document.ts';
import { readJsonSuite, readYaml } from './document.ts';
import { MOST_PROBLEMS, problemsOfIssues } from './problems.ts';
import type { SuiteText, TenantText } from './schema.ts';
import { suiteFile, TENANT_PARTS } from './schema.ts';
import { VIA_WORDS } from './schema-sign-in.ts';
import { signInSpec } from './sign-in-spec.ts';
import { readTest } from './test-of.ts';

/** A problem of a test file with its place. */
export interface PlacedProblem {
  readonly message: string;
  readonly hint: string | undefined;
  readonly position: TextPosition;
}

/** A test file that can be run. */
export interface ReadSuite {
  readonly suite: Suite;
  /** A path or export folder, relative to the file; `undefined` where the tenant is in place, or the user's own. */
  readonly tenantPath: string | undefined;
  readonly tenantParts: TenantText | undefined;
  positionOf(path: FilePath): TextPosition;
}

export type SuiteReading =
  | { readonly ok: true; readonly read: ReadSuite }
  | { readonly ok: false; readonly problems: readonly PlacedProblem[] };

/** Reads the bytes of a test file; JSON by its name, YAML otherwise. What is wrong with it is told at once, up to fifty problems. */
export function readSuite(bytes: Uint8Array, isJson: boolean): SuiteReading {
  const reading = readWhole(bytes, isJson);
  if (reading.ok || reading.problems.length <= MOST_PROBLEMS) return reading;
  const problems = reading.problems.slice(0, MOST_PROBLEMS);
  const more = { message: 'and more, which are told once these are mended', hint: undefined };
  const { position } = reading.problems[MOST_PROBLEMS] ?? { position: { line: 1, column: 1 } };
  return { ok: false, problems: [...problems, { ...more, position }] };
}

function readWhole(bytes: Uint8Array, isJson: boolean): SuiteReading {
  const decoded = decodeText(bytes);
  const beginning = { line: 1, column: 1 };
  if (!decoded.ok)
    return { ok: false, problems: [{ message: decoded.fault.message, hint: undefined, position: beginning }] };
  const reading = isJson ? readJsonSuite(decoded.text) : readYaml(decoded.text);
  if ('problems' in reading)
    return { ok: false, problems: reading.problems.map((each) => ({ ...each, hint: undefined })) };
  const { document } = reading;
  if (document.value === null || document.value === undefined) {
    return {
      ok: false,
      problems: [{ message: 'is empty', hint: 'begin with `suite:` and `tests:`', position: beginning }],
    };
  }
  const parsed = suiteFile.safeParse(document.value);
  if (!parsed.success) {
    const problems = problemsOfIssues(parsed.error.issues, document.value, []);
    return { ok: false, problems: placed(problems, document) };
  }
  return suiteOf(parsed.data, document);
}

function suiteOf(text: SuiteText, document: SuiteDocument): SuiteReading {
  const problems: SuiteProblem[] = [...textProblems(document.value), ...tenantProblems(text)];
  const tests: Test[] = [];
  for (const [at, value] of text.tests.entries()) {
    const reading = readTest(value, at);
    if ('test' in reading) tests.push(reading.test);
    else problems.push(...reading.problems);
    if (problems.length > MOST_PROBLEMS) break;
  }
  problems.push(...duplicates(tests, document));
  const fixtures = fixturesOf(text, problems);
  if (problems.length > 0) return { ok: false, problems: placed(problems, document) };
  return {
    ok: true,
    read: {
      suite: {
        suite: text.suite,
        now: text.now,
        fixtures,
        defaults: {
          signaling: text.defaults?.signaling,
          signIn: text.defaults?.signIn === undefined ? undefined : signInSpec(text.defaults.signIn),
        },
        tests,
      },
      tenantPath: typeof text.tenant === 'string' ? text.tenant : undefined,
      tenantParts: partsOf(text),
      positionOf: document.positionOf,
    },
  };
}

export function placed(
  problems: readonly SuiteProblem[],
  document: Pick<SuiteDocument, 'positionOf'>,
): PlacedProblem[] {
  return problems
    .map(({ path, message, hint }) => ({ message, hint, position: document.positionOf(path) }))
    .sort((a, b) => a.position.line - b.position.line || a.position.column - b.position.column)
    .filter(({ position, message }, at, all) => {
      // One place is told of once: what is wrong first hides what follows from it.
      const before = all[at - 1];
      return (
        before?.position.line !== position.line || before.position.column !== position.column || isMissing(message)
      );
    });
}

function isMissing(message: string): boolean {
  return message.endsWith(' is missing');
}

function duplicates(tests: readonly Test[], { positionOf }: SuiteDocument): SuiteProblem[] {
  const first = new Map<string, number>();
  return tests.flatMap(({ name, at }): SuiteProblem[] => {
    const before = first.get(name);
    if (before === undefined) {
      first.set(name, at);
      return [];
    }
    const { line } = positionOf(['tests', before, 'name']);
    const message = `a test of the name \`${name}\` stands in line ${line} already`;
    return [{ path: ['tests', at, 'name'], message, hint: 'names are unique in a file' }];
  });
}

function fixturesOf({ fixtures }: SuiteText, problems: SuiteProblem[]): Fixtures {
  const addresses = Object.entries(fixtures?.addresses ?? {}).map(([name, said]) => {
    const fixture = typeof said === 'string' ? { address: said } : said;
    if (parseAddress(fixture.address) === undefined) {
      const path = ['fixtures', 'addresses', name, ...(typeof said === 'string' ? [] : ['address'])];
      problems.push({
        path,
        message: `\`${fixture.address}\` is not an IP address`,
        hint: 'write one address, without a prefix',
      });
    }
    return [name, fixture] as const;
  });
  const paths = Object.entries(fixtures?.paths ?? {}).map(
    ([name, { via, ...rest }]) => [name, { ...rest, via: VIA_WORDS[via] }] as const,
  );
  const applications = fixtures?.applications ?? {};
  for (const [name, appId] of Object.entries(applications)) {
    if (isGuid(appId)) continue;
    problems.push({
      path: ['fixtures', 'applications', name],
      message: `\`${appId}\` is not an application id`,
      hint: 'write the id as the sign-ins have it, such as 00000003-0000-0000-c000-000000000000',
    });
  }
  return { addresses: Object.fromEntries(addresses), paths: Object.fromEntries(paths), applications };
}

/** zod passes over `__proto__` in silence; here nothing may. And no name, path or word of a command holds U+0000. */
function textProblems(root: unknown): SuiteProblem[] {
  const found: SuiteProblem[] = [];
  const walk = (value: unknown, path: FilePath) => {
    if (typeof value === 'string' && value.includes('\0')) {
      found.push({ path, message: 'holds the character U+0000', hint: 'take it out: nothing can be named with it' });
    }
    if (typeof value !== 'object' || value === null) return;
    if (Object.hasOwn(value, '__proto__')) {
      found.push({
        path: [...path, '__proto__'],
        message: '`__proto__` cannot be a key here',
        hint: 'name it by its id',
      });
    }
    for (const [key, member] of Object.entries(value))
      walk(member, [...path, Array.isArray(value) ? Number(key) : key]);
  };
  walk(root, []);
  return found;
}

function partsOf(text: SuiteText): TenantText | undefined {
  const parts = { ...(typeof text.tenant === 'object' ? text.tenant : {}), ...atTop(text) };
  return Object.keys(parts).length === 0 ? undefined : parts;
}

function atTop(text: SuiteText): TenantText {
  return Object.fromEntries(TENANT_PARTS.flatMap((part) => (text[part] === undefined ? [] : [[part, text[part]]])));
}

function tenantProblems(text: SuiteText): SuiteProblem[] {
  if (typeof text.tenant !== 'object') return [];
  return TENANT_PARTS.filter((part) => text[part] !== undefined).map((part) => ({
    path: [part],
    message: `\`${part}\` stands here and under \`tenant\``,
    hint: 'write the tenant in one place',
  }));
}
