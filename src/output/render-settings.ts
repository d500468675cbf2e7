/** What rendering needs to know of where the text goes. */
export interface RenderSettings {
  readonly terminal: boolean;
  readonly width: number;
  readonly color: 0 | 1 | 2 | 3;
  /** JMESPath. */
  readonly query: string | undefined;
}
