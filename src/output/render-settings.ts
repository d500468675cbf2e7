/** What rendering needs to know of where the text goes. */
export interface RenderSettings {
  readonly terminal: boolean;
  readonly width: number;
  readonly color: 0 | 1 | 2 | 3;
  /** JMESPath. */
  readonly query: string | undefined;
  /** Whether `-o table` was asked for by name: then it is aligned in a pipe too. */
  readonly aligned: boolean;
  /** Columns of tables by the beginning of their headers, in this order; `undefined` shows those that a view has. */
  readonly columns: readonly string[] | undefined;
  /** Whether tables begin with their headers. */
  readonly headers: boolean;
  /** Called when a query selected nothing. */
  readonly onNothing?: () => void;
}
