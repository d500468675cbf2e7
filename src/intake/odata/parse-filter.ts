import type { GsaError } from '../../trouble/error.ts';
import type { ComparisonOperator, Literal, ODataFilter, Operand, Path, TextFunction } from './filter.ts';
import { unknownMember } from './properties.ts';
import type { Token } from './tokens.ts';
import { filterError, tokensOf } from './tokens.ts';

const COMPARISONS: ReadonlySet<string> = new Set(['eq', 'ne', 'lt', 'le', 'gt', 'ge'] satisfies ComparisonOperator[]);

/** Function names are read without regard to case: Graph's own examples write both `startsWith` and `startswith`. */
const FUNCTIONS: Readonly<Record<string, TextFunction>> = {
  startswith: 'startsWith',
  endswith: 'endsWith',
  contains: 'contains',
};
const FOLDS: Readonly<Record<string, 'lower' | 'upper'>> = { tolower: 'lower', toupper: 'upper' };

/** Parentheses and lambdas inside each other. */
const DEEPEST = 50;

/** What a filter may name. */
export interface FilterVocabulary {
  /** What the items are, with its article left out: `sign-in`. */
  readonly item: string;
  /** The first member of a path that no item has, and the names that it could be. */
  unknownMember(
    members: readonly string[],
  ): { readonly position: number; readonly names: Iterable<string> } | undefined;
}

const SIGN_INS: FilterVocabulary = { item: 'sign-in', unknownMember };

/**
 * Reads a `$filter` as Graph's `auditLogs/signIns` takes it (OData 4.01, part 2, section 5.1.1): comparisons, `in`, `and`, `or`, `not`,
 * `startsWith`, `endsWith`, `contains`, `toLower`, `toUpper`, `isof`, `any` and `all`. Throws GsaError `usage` with the
 * column, and with the near name of a member that no item has. Items are sign-ins unless told otherwise.
 */
export function parseFilter(text: string, vocabulary: FilterVocabulary = SIGN_INS): ODataFilter {
  return new FilterParser(text, vocabulary).parse();
}

class FilterParser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  readonly #vocabulary: FilterVocabulary;
  readonly #variables: string[] = [];
  #next = 0;
  #depth = 0;

  constructor(text: string, vocabulary: FilterVocabulary) {
    this.#text = text;
    this.#tokens = tokensOf(text);
    this.#vocabulary = vocabulary;
  }

  parse(): ODataFilter {
    const filter = this.#or();
    if (this.#token().kind !== 'end') throw this.#wrong('here `and`, `or` or the end is due');
    return filter;
  }

  #or(): ODataFilter {
    const operands = [this.#and()];
    while (this.#takeWord('or')) operands.push(this.#and());
    const [only] = operands;
    return only !== undefined && operands.length === 1 ? only : { kind: 'or', operands };
  }

  #and(): ODataFilter {
    const operands = [this.#not()];
    while (this.#takeWord('and')) operands.push(this.#not());
    const [only] = operands;
    return only !== undefined && operands.length === 1 ? only : { kind: 'and', operands };
  }

  #not(): ODataFilter {
    if (!this.#takeWord('not')) return this.#primary();
    return this.#deeper(() => ({ kind: 'not', operand: this.#not() }));
  }

  #primary(): ODataFilter {
    if (this.#takeSymbol('(')) {
      return this.#deeper(() => {
        const inside = this.#or();
        this.#expectSymbol(')');
        return inside;
      });
    }
    const call = this.#call();
    if (call !== undefined) {
      // `startsWith(…) eq true` is the long form of the call alone.
      if (this.#word() !== 'eq') return call;
      this.#next++;
      const { value } = this.#literal('`true` or `false`');
      if (typeof value !== 'boolean') throw this.#wrong('a function is compared with `true` or `false`', -1);
      return value ? call : { kind: 'not', operand: call };
    }
    const left = this.#operand();
    if (left.kind === 'path') {
      const lambda = this.#lambda(left);
      if (lambda !== undefined) return lambda;
    }
    return this.#comparison(left);
  }

  #comparison(left: Operand): ODataFilter {
    const word = this.#word();
    if (word === 'in') {
      this.#next++;
      return { kind: 'in', operand: left, values: this.#list() };
    }
    if (word !== undefined && isComparison(word)) {
      this.#next++;
      return { kind: 'compare', operator: word, left, right: this.#operand() };
    }
    if (left.kind !== 'path' && (left.kind !== 'literal' || typeof left.value !== 'boolean')) {
      throw this.#wrong('here an operator such as `eq` is due');
    }
    const ends = word === undefined || word === 'and' || word === 'or';
    if (!ends) throw this.#unknown(word, 'there is no operator', [...COMPARISONS, 'in', 'and', 'or']);
    return { kind: 'truth', operand: left };
  }

  #list(): readonly Literal[] {
    this.#expectSymbol('(');
    const values = [this.#literal('a value')];
    while (this.#takeSymbol(',')) values.push(this.#literal('a value'));
    this.#expectSymbol(')');
    return values;
  }

  #call(): ODataFilter | undefined {
    const word = this.#word();
    if (word === undefined || !this.#isSymbol('(', 1)) return undefined;
    if (word.toLowerCase() === 'isof') return this.#isof();
    const name = FUNCTIONS[word.toLowerCase()];
    if (name === undefined) {
      if (Object.hasOwn(FOLDS, word.toLowerCase())) return undefined;
      throw this.#unknown(word, 'there is no function', [...Object.values(FUNCTIONS), 'toLower', 'toUpper', 'isof']);
    }
    this.#next += 2;
    const text = this.#operand();
    this.#expectSymbol(',');
    const part = this.#operand();
    this.#expectSymbol(')');
    return { kind: 'call', function: name, text, part };
  }

  #isof(): ODataFilter {
    this.#next += 2;
    const { value } = this.#literal('the name of a type');
    if (typeof value !== 'string') throw this.#wrong('a type is named in single quotes', -1);
    this.#expectSymbol(')');
    return { kind: 'isof', type: value.replace(/^#/, '') };
  }

  #operand(): Operand {
    const token = this.#token();
    if (token.kind === 'literal') {
      this.#next++;
      return token.literal;
    }
    if (token.kind !== 'word') throw this.#wrong('here a member or a value is due');
    const fold = FOLDS[token.text.toLowerCase()];
    if (fold === undefined || !this.#isSymbol('(', 1)) return this.#path();
    this.#next += 2;
    return this.#deeper(() => {
      const operand = this.#operand();
      this.#expectSymbol(')');
      return { kind: fold, operand };
    });
  }

  #path(): Path {
    const start = this.#next;
    const members = [this.#name()];
    while (this.#isSymbol('/', 0) && !this.#isLambdaNext()) {
      this.#next++;
      members.push(this.#name());
    }
    const variable = this.#variables.includes(members[0] ?? '');
    const unknown = variable ? undefined : this.#vocabulary.unknownMember(members);
    if (unknown !== undefined) {
      const written = members[unknown.position] ?? '';
      const at = this.#tokens[start + 2 * unknown.position]?.at ?? 0;
      const what = `no ${this.#vocabulary.item} has a member \`${written}\``;
      throw filterError(this.#text, at, what, { written, names: unknown.names });
    }
    return { kind: 'path', members, variable };
  }

  #lambda(path: Path): ODataFilter | undefined {
    if (!this.#isSymbol('/', 0)) return undefined;
    this.#next++;
    const kind = this.#name().toLowerCase() === 'all' ? 'all' : 'any';
    this.#expectSymbol('(');
    if (this.#takeSymbol(')')) {
      if (kind === 'all') throw this.#wrong('`all` needs a condition', -1);
      return { kind, path, variable: undefined, condition: undefined };
    }
    const variable = this.#name();
    this.#expectSymbol(':');
    this.#variables.push(variable);
    const condition = this.#deeper(() => this.#or());
    this.#variables.pop();
    this.#expectSymbol(')');
    return { kind, path, variable, condition };
  }

  #isLambdaNext(): boolean {
    const word = this.#word(1)?.toLowerCase();
    return (word === 'any' || word === 'all') && this.#isSymbol('(', 2);
  }

  #name(): string {
    const word = this.#word();
    if (word === undefined) throw this.#wrong('here a name is due');
    this.#next++;
    return word;
  }

  #literal(wanted: string): Literal {
    const token = this.#token();
    if (token.kind !== 'literal') throw this.#wrong(`here ${wanted} is due; texts stand in single quotes`);
    this.#next++;
    return token.literal;
  }

  #deeper<T>(read: () => T): T {
    if (++this.#depth > DEEPEST) throw this.#wrong(`it is nested more than ${DEEPEST} levels deep`);
    const result = read();
    this.#depth--;
    return result;
  }

  #token(ahead = 0): Token {
    return this.#tokens[this.#next + ahead] ?? { kind: 'end', at: this.#text.length };
  }

  #word(ahead = 0): string | undefined {
    const token = this.#token(ahead);
    return token.kind === 'word' ? token.text : undefined;
  }

  #isSymbol(text: string, ahead: number): boolean {
    const token = this.#token(ahead);
    return token.kind === 'symbol' && token.text === text;
  }

  #takeWord(text: string): boolean {
    if (this.#word() !== text) return false;
    this.#next++;
    return true;
  }

  #takeSymbol(text: string): boolean {
    if (!this.#isSymbol(text, 0)) return false;
    this.#next++;
    return true;
  }

  #expectSymbol(text: string): void {
    if (!this.#takeSymbol(text)) throw this.#wrong(`here \`${text}\` is due`);
  }

  #wrong(what: string, ahead = 0): GsaError {
    return filterError(this.#text, this.#token(ahead).at, what);
  }

  #unknown(written: string, what: string, names: Iterable<string>): GsaError {
    return filterError(this.#text, this.#token().at, `${what} \`${written}\``, { written, names });
  }
}

function isComparison(word: string): word is ComparisonOperator {
  return COMPARISONS.has(word);
}
