import { createProgram } from './program.ts';

/** Runs one command line and answers with its exit code. */
export async function main(argv: readonly string[], _context: unknown): Promise<number> {
  await createProgram().parseAsync(argv, { from: 'user' });
  return 0;
}
