import { Command } from 'commander';

/** The whole command tree on one page. */
export function createProgram(): Command {
  return new Command('gsa').description('what source IP restoration and Conditional Access would do to a sign-in');
}
