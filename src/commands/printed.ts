/** What a library prints by `console.log`, its only way to answer, while `work` runs; a command itself never prints. */
export function printed(work: () => void): readonly string[] {
  const lines: string[] = [];
  // biome-ignore lint/suspicious/noConsole: the library knows no other way out
  const original = console.log;
  console.log = (line: string) => {
    lines.push(line);
  };
  try {
    work();
  } finally {
    console.log = original;
  }
  return lines;
}
