import type { RuleError, Token } from './rule-tokens.ts';
import { tokenize } from './rule-tokens.ts';

/** Comparison operators of filters, without the hyphen, in their positive form (D-DEVF, D-DYN). */
export type Operator = 'eq' | 'startsWith' | 'endsWith' | 'contains' | 'in';

/** `attribute operator value`; `negative` for the form with "not" or `ne`. */
export interface Comparison {
  readonly kind: 'compare';
  /** The attribute as the rule spells it, `device.` or `CustomSecurityAttribute.` included. */
  readonly attribute: string;
  readonly operator: Operator;
  readonly negative: boolean;
  /** One value, or those of the list of `-in`; `null` is the value null. */
  readonly values: readonly (string | null)[];
  readonly at: number;
}

/** One step of a rule in postfix order, so that no depth of parentheses can exhaust the stack. */
export type Step = Comparison | { readonly kind: 'and' | 'or' | 'not' };

export type ParsedRule = { readonly steps: readonly Step[] } | { readonly error: RuleError };

/** The longest rule that Graph takes (D-DEVF). */
const MAX_RULE_LENGTH = 3072;

type Pending = { readonly kind: 'and' | 'or' | 'not' | '('; readonly at: number };
const BINDING = { '(': 0, or: 1, and: 2, not: 3 } as const;

/**
 * Reads a rule of the device or application filter: comparison binds tighter than `-not`, `-not` than `-and`, `-and` than
 * `-or`; the hyphen of an operator may be missing; keywords are read in any case (D-DEVF, D-DYN).
 */
export function parseRule(rule: string): ParsedRule {
  if (rule.length > MAX_RULE_LENGTH) {
    return { error: { message: `the rule is longer than ${MAX_RULE_LENGTH} characters`, at: MAX_RULE_LENGTH } };
  }
  const tokens = tokenize(rule);
  return 'message' in tokens ? { error: tokens } : parseTokens(tokens);
}

/** Shunting-yard: operands go to `steps`, operators wait in `pending` until a weaker one or a parenthesis comes. */
function parseTokens(tokens: readonly Token[]): ParsedRule {
  const steps: Step[] = [];
  const pending: Pending[] = [];
  let at = 0;
  let expectsOperand = true;
  for (;;) {
    const token = tokens[at] ?? END;
    const word = keyword(token);
    if (expectsOperand) {
      if (token.kind === '(' || word === 'not') pending.push({ kind: token.kind === '(' ? '(' : 'not', at: token.at });
      else {
        const comparison = parseComparison(tokens, at);
        if ('message' in comparison) return { error: comparison };
        steps.push(comparison.step);
        expectsOperand = false;
        at = comparison.next - 1;
      }
    } else if (word === 'and' || word === 'or') {
      unwind(BINDING[word]);
      pending.push({ kind: word, at: token.at });
      expectsOperand = true;
    } else if (token.kind === ')') {
      unwind(BINDING.or);
      if (pending.pop() === undefined)
        return { error: { message: 'a parenthesis is closed that was not opened', at: token.at } };
    } else if (token.kind === 'end') {
      unwind(BINDING.or);
      const open = pending.pop();
      return open === undefined ? { steps } : { error: { message: 'a parenthesis is not closed', at: open.at } };
    } else return { error: { message: `expected -and, -or or the end, not ${shown(token)}`, at: token.at } };
    at += 1;
  }

  function unwind(binding: number): void {
    for (
      let top = pending.at(-1);
      top !== undefined && top.kind !== '(' && BINDING[top.kind] >= binding;
      top = pending.at(-1)
    ) {
      steps.push({ kind: top.kind });
      pending.pop();
    }
  }
}

function parseComparison(tokens: readonly Token[], at: number): { step: Comparison; next: number } | RuleError {
  const attribute = tokens[at] ?? END;
  if (attribute.kind !== 'word') return { message: `expected an attribute, not ${shown(attribute)}`, at: attribute.at };
  const sign = tokens[at + 1] ?? END;
  const operator = sign.kind === 'word' ? SPELLINGS.get(sign.text.toLowerCase().replace(/^-/, '')) : undefined;
  if (operator === undefined) return { message: `expected a comparison operator, not ${shown(sign)}`, at: sign.at };
  const value = operator.operator === 'in' ? parseList(tokens, at + 2) : parseValue(tokens, at + 2);
  if ('message' in value) return value;
  return {
    step: { kind: 'compare', attribute: attribute.text, ...operator, values: value.values, at: attribute.at },
    next: value.next,
  };
}

type Values = { readonly values: readonly (string | null)[]; readonly next: number };

function parseValue(tokens: readonly Token[], at: number): Values | RuleError {
  const token = tokens[at] ?? END;
  if (token.kind === 'text') return { values: [token.text], next: at + 1 };
  if (token.kind !== 'word') return { message: `expected a value, not ${shown(token)}`, at: token.at };
  return { values: [token.text.toLowerCase() === 'null' ? null : token.text], next: at + 1 };
}

function parseList(tokens: readonly Token[], at: number): Values | RuleError {
  const open = tokens[at] ?? END;
  if (open.kind !== '[') return { message: `expected a list in [ ], not ${shown(open)}`, at: open.at };
  const values: (string | null)[] = [];
  for (let next = at + 1; ; next += 1) {
    const value = parseValue(tokens, next);
    if ('message' in value) return value;
    values.push(...value.values);
    next = value.next;
    const sign = tokens[next] ?? END;
    if (sign.kind === ']') return { values, next: next + 1 };
    if (sign.kind !== ',') return { message: `expected a comma or ], not ${shown(sign)}`, at: sign.at };
  }
}

const END: Token = { kind: 'end', text: '', at: 0 };

type Spelling = { readonly operator: Operator; readonly negative: boolean };

const SPELLINGS: ReadonlyMap<string, Spelling> = new Map<string, Spelling>([
  ['eq', { operator: 'eq', negative: false }],
  ['ne', { operator: 'eq', negative: true }],
  ...(['startsWith', 'endsWith', 'contains', 'in'] as const).flatMap((operator): [string, Spelling][] => [
    [operator.toLowerCase(), { operator, negative: false }],
    [`not${operator.toLowerCase()}`, { operator, negative: true }],
  ]),
]);

function keyword(token: Token): 'and' | 'or' | 'not' | undefined {
  if (token.kind !== 'word') return undefined;
  const word = token.text.toLowerCase().replace(/^-/, '');
  return word === 'and' || word === 'or' || word === 'not' ? word : undefined;
}

function shown(token: Token): string {
  return token.kind === 'end' ? 'the end' : `\`${token.text}\``;
}
