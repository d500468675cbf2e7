import { isMap, isScalar } from 'yaml';
import { z } from 'zod';
import type { BaselineEntry } from '../../core/check/baseline.ts';
import { SEVERITIES } from '../../core/check/finding.ts';
import { findRule, RULES } from '../../core/check/rules.ts';
import { isInstant, isRealDay } from '../../core/values/calendar.ts';
import { nearNames } from '../../core/values/near-names.ts';
import { quoted } from '../text/excerpt.ts';
import type { Place, Problem } from '../types.ts';
import type { ParsedYaml } from '../yaml/parse.ts';
import { parseYaml } from '../yaml/parse.ts';

/**
 * The file of known findings that `gsa check --baseline` reads, YAML or JSON: a list `accepted` of entries that name one
 * finding by `fingerprint`, or a `rule` and its `subject`, each with `reason`, `owner` and `until`, and with `severity` where what
 * becomes worse shall count again. Strict: a key that is not known is an error, because a misspelt `until` would accept for ever.
 */

/** An entry and where it stands, so that one that matches nothing can be found. */
export type LocatedBaselineEntry = BaselineEntry & { readonly place: Place };

export type BaselineReading =
  | { readonly ok: true; readonly entries: readonly LocatedBaselineEntry[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const text = (description: string) => z.string().trim().min(1).meta({ description });

const ENTRY = z
  .strictObject({
    fingerprint: text('One finding, as `gsa check -o json` gives its fingerprint').optional(),
    rule: text('Id or name of a rule, such as GSA037 or host-bits; together with subject').optional(),
    subject: text('Id or display name of the policy, named location or setting').optional(),
    reason: text('Why the finding is accepted'),
    owner: text('Who answers for it'),
    until: text('The last day on which it is accepted (2026-12-31), or an RFC 3339 time'),
    severity: z.enum(SEVERITIES).optional().meta({
      description: 'The worst that is accepted, such as warning: a finding that has become worse counts again',
    }),
  })
  .meta({ oneOf: [{ required: ['fingerprint'] }, { required: ['rule', 'subject'] }] });

const BASELINE = z.strictObject({
  $schema: z.string().optional(),
  accepted: z.array(ENTRY).meta({ description: 'Findings that are known and accepted for a while' }),
});

/** The published JSON Schema of the file (draft 2020-12). */
export function baselineSchemaText(): string {
  const schema = z.toJSONSchema(BASELINE, { io: 'input' });
  return `${JSON.stringify({ ...schema, title: 'Known findings of gsa check' }, null, 2)}\n`;
}

/** Reads a baseline. It never throws for what the text holds: every problem comes back with its line and column. */
export function readBaseline(source: string, file: string): BaselineReading {
  const reading = parseYaml(source);
  if ('faults' in reading) {
    const told = reading.faults.slice(0, MOST_PROBLEMS);
    return {
      ok: false,
      problems: told.map(({ message, position }) => problemAt({ file, ...position }, 'invalidYaml', message)),
    };
  }
  return new BaselineReader(reading, file).read();
}

/** Problems of one file that are told; whoever has more begins with these. */
const MOST_PROBLEMS = 50;

class BaselineReader {
  readonly #yaml: ParsedYaml;
  readonly #file: string;
  readonly #problems: Problem[] = [];

  constructor(yaml: ParsedYaml, file: string) {
    this.#yaml = yaml;
    this.#file = file;
  }

  read(): BaselineReading {
    const parsed = BASELINE.safeParse(this.#yaml.value);
    if (!parsed.success) for (const issue of parsed.error.issues) this.#report(issue);
    const entries = (parsed.data?.accepted ?? []).flatMap((entry, at) => this.#entry(entry, at));
    return this.#problems.length > 0 ? { ok: false, problems: this.#problems } : { ok: true, entries };
  }

  #entry(entry: z.infer<typeof ENTRY>, at: number): LocatedBaselineEntry[] {
    const { fingerprint, rule, subject, reason, owner, until, severity } = entry;
    const path = ['accepted', at];
    if (!isRealDay(until) && !isInstant(until)) {
      const message = `\`until\` is ${quoted(until)}; write a day such as 2026-12-31`;
      this.#add([...path, 'until'], 'badDate', message);
    }
    if (rule !== undefined && findRule(rule) === undefined) this.#unknownRule(rule, [...path, 'rule']);
    const worst = severity === undefined ? {} : { severity };
    const known = { reason, owner, until, ...worst, place: this.#place(path) };
    if (fingerprint !== undefined && rule === undefined && subject === undefined) return [{ fingerprint, ...known }];
    if (fingerprint === undefined && rule !== undefined && subject !== undefined) return [{ rule, subject, ...known }];
    this.#add(path, 'wrongKeys', 'give either `fingerprint`, or `rule` and `subject`');
    return [];
  }

  #unknownRule(rule: string, path: readonly PropertyKey[]): void {
    const near = nearNames(
      rule,
      RULES.flatMap(({ id, name }) => [id, name]),
    );
    this.#add(path, 'unknownRule', `there is no rule ${quoted(rule)}${suggestion(near)}`);
  }

  #report(issue: z.core.$ZodIssue): void {
    if (issue.code === 'unrecognized_keys') {
      const known = Object.keys(issue.path.length === 0 ? BASELINE.shape : ENTRY.shape);
      for (const key of issue.keys.slice(0, MOST_PROBLEMS)) {
        const message = `unknown key ${quoted(key)}${suggestion(nearNames(key, known))}`;
        this.#add([...issue.path, key], 'unknownKey', message);
      }
      return;
    }
    const member = issue.path.at(-1);
    const name = typeof member === 'string' ? `\`${member}\`` : 'it';
    const isMissing = issue.code === 'invalid_type' && this.#yaml.document.getIn(issue.path) === undefined;
    if (isMissing && issue.path.length > 0) this.#add(issue.path, 'missingKey', `${name} is missing`);
    else if (issue.code === 'invalid_value')
      this.#add(issue.path, 'wrongValue', `${name} must be ${oneOf(issue.values)}`);
    else if (issue.code === 'too_small') this.#add(issue.path, 'empty', `${name} is empty`);
    else this.#add(issue.path, 'wrongType', `${name} must be ${EXPECTED[expectedBy(issue)] ?? 'something else'}`);
  }

  #add(path: readonly PropertyKey[], code: string, message: string): void {
    if (this.#problems.length < MOST_PROBLEMS) this.#problems.push(problemAt(this.#place(path), code, message));
  }

  #placeAt(offset: number): Place {
    return { file: this.#file, ...this.#yaml.positionAt(offset) };
  }

  /** The place of the key of a member, or of its nearest parent where it does not exist. */
  #place(path: readonly PropertyKey[]): Place {
    const pointer = path.map((member) => `/${String(member).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
    for (let length = path.length; length > 0; length--) {
      const parent = this.#yaml.document.getIn(path.slice(0, length - 1), true);
      const key = path[length - 1];
      const pair = isMap(parent)
        ? parent.items.find((item) => isScalar(item.key) && item.key.value === key)
        : undefined;
      const node = pair?.key ?? this.#yaml.document.getIn(path.slice(0, length), true);
      const offset = offsetOf(node);
      if (offset !== undefined) return { ...this.#placeAt(offset), pointer };
    }
    return { ...this.#placeAt(0), pointer };
  }
}

const EXPECTED: { readonly [type: string]: string } = { string: 'text', array: 'a list', object: 'a map' };

function oneOf(values: readonly unknown[]): string {
  return values.map((value) => `\`${value}\``).join(' or ');
}

function expectedBy(issue: z.core.$ZodIssue): string {
  return issue.code === 'invalid_type' ? issue.expected : '';
}

function suggestion(near: readonly string[]): string {
  return near.length === 0 ? '' : `; did you mean ${near.map((name) => `\`${name}\``).join(' or ')}?`;
}

function offsetOf(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return undefined;
  const start: unknown = node.range[0];
  return typeof start === 'number' ? start : undefined;
}

function problemAt(place: Place, code: string, message: string): Problem {
  return { severity: 'error', code, message, place };
}
