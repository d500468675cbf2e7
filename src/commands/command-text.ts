import type { Invoked } from '../shell/session.ts';
import { shellWord } from '../trouble/shell-word.ts';

/** A command line of ours for a person to type. */
export function commandText(words: readonly string[]): string {
  return ['gsa', ...words].map(shellWord).join(' ');
}

/** The option that names this session's tenant to another command line; none where the environment names it to both. */
export function tenantWords({ globals: { tenant }, env }: Invoked): readonly string[] {
  return tenant === undefined || tenant === env['GSA_TENANT'] ? [] : ['--tenant', tenant];
}
