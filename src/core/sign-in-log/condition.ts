import type { AddressColumn, ColumnValue, SignInColumn } from './columns.ts';

/**
 * A condition on the columns of the sign-in log; how the filters of `gsa logs` reach it. Text compares without regard to case,
 * addresses by value, times to the microsecond. Every condition is true or false, never unknown: null equals null only, and is
 * neither less nor greater than anything. `decidedBy` and `signInEventType` are their members joined by commas: use `contains`.
 */
export type SignInCondition =
  | { readonly column: SignInColumn; readonly operator: ColumnOperator; readonly value: ColumnValue }
  | { readonly column: SignInColumn; readonly operator: 'in'; readonly values: readonly ColumnValue[] }
  | { readonly column: AddressColumn; readonly operator: 'inRange'; readonly range: string }
  | { readonly and: readonly SignInCondition[] }
  | { readonly or: readonly SignInCondition[] }
  | { readonly not: SignInCondition };

export type ColumnOperator = OrderOperator | 'eq' | 'ne' | 'startsWith' | 'contains';
export type OrderOperator = 'lt' | 'le' | 'gt' | 'ge';
