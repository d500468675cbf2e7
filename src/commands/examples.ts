/** What stands at the end of a help: lines to type, which work on the sample tenant. */
export function examples(...lines: readonly string[]): string {
  return ['\nExamples:', ...lines.map((line) => `  ${line}`)].join('\n');
}
