/** What stands at the end of a help: lines to type, which work on the sample tenant. */
export function examples(...lines: readonly string[]): string {
  return [EXAMPLES, ...lines.map((line) => `  ${line}`)].join('\n');
}

/** What every block of examples begins with. */
export const EXAMPLES = '\nExamples:';
