import type { SignInCondition } from '../../core/sign-in-log/condition.ts';

/** A parsed `$filter`. Paths are lists of members: `status/errorCode`; inside a lambda the first one may be its variable. */
export type ODataFilter =
  | { readonly kind: 'and' | 'or'; readonly operands: readonly ODataFilter[] }
  | { readonly kind: 'not'; readonly operand: ODataFilter }
  | { readonly kind: 'compare'; readonly operator: ComparisonOperator; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'in'; readonly operand: Operand; readonly values: readonly Literal[] }
  | { readonly kind: 'call'; readonly function: TextFunction; readonly text: Operand; readonly part: Operand }
  /** `path/any(x:condition)`; without a condition: whether there is an element. */
  | {
      readonly kind: 'any' | 'all';
      readonly path: Path;
      readonly variable: string | undefined;
      readonly condition: ODataFilter | undefined;
    }
  /** What a condition on columns says (column-condition.ts); no text is parsed into it. */
  | { readonly kind: 'condition'; readonly condition: SignInCondition }
  /** Whether the item is of that type of Graph's: `isof('microsoft.graph.ipNamedLocation')`. */
  | { readonly kind: 'isof'; readonly type: string }
  /** A Boolean member or literal that stands alone. */
  | { readonly kind: 'truth'; readonly operand: Operand };

export type ComparisonOperator = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge';
export type TextFunction = 'startsWith' | 'endsWith' | 'contains';

export type Operand = Path | Literal | { readonly kind: 'lower' | 'upper'; readonly operand: Operand };

export interface Path {
  readonly kind: 'path';
  readonly members: readonly string[];
  /** The first member is the variable of a lambda. */
  readonly variable: boolean;
}

export interface Literal {
  readonly kind: 'literal';
  readonly value: string | number | boolean | null;
  /** A time is compared as a time. */
  readonly type: 'text' | 'number' | 'boolean' | 'null' | 'dateTime' | 'guid';
}
