import type { Context } from './context.ts';

/** Columns of the terminal; 80 when there is none or it does not say (a width can be 0). */
export function terminalWidth(context: Context): number {
  const told = context.stdout.columns ?? Number(context.env['COLUMNS']);
  return Number.isInteger(told) && told > 0 ? told : 80;
}

/** Whether the environment says how wide a table is to be. */
export function saysWidth({ env }: Context): boolean {
  const told = Number(env['COLUMNS']);
  return Number.isInteger(told) && told > 0;
}

/**
 * Colour levels of chalk, decided here because chalk ignores `NO_COLOR`: the option first, then
 * `NO_COLOR` and `FORCE_COLOR`, then the terminal.
 */
export function colorLevel(when: 'auto' | 'always' | 'never', context: Context): 0 | 1 | 2 | 3 {
  if (when === 'never') return 0;
  if (when === 'always') return 1;
  const { NO_COLOR: none, FORCE_COLOR: forced, TERM: term, COLORTERM: depth } = context.env;
  if (none !== undefined && none !== '') return 0;
  if (forced === '0' || forced === 'false') return 0;
  if (forced !== undefined) return forced === '3' ? 3 : forced === '2' ? 2 : 1;
  if (!context.stdout.isTTY || term === 'dumb') return 0;
  if (depth === 'truecolor' || depth === '24bit') return 3;
  return term?.includes('256') === true ? 2 : 1;
}
