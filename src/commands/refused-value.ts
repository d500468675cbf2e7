import type { CommanderError } from 'commander';
import { nearNames } from '../core/values/near-names.ts';

/**
 * What commander refuses, in one line of ours: without its prefix and its full stops, and of a value that will not do what would,
 * as `` option `--limit <n>` argument `abc` is invalid: give a whole number above 0 ``.
 */
export function refusedText({ code, message }: CommanderError): string {
  const [text = ''] = message.replace(/^error: /, '').split('\n');
  const quoted = text.replaceAll("'", '`');
  if (code !== 'commander.invalidArgument') return quoted;
  return quoted
    .replace(/^command-argument value (`.*`) is invalid for argument `([^`]*)`\. /, '$1 is invalid for `<$2>`: ')
    .replace(/ is invalid\. /, ' is invalid: ')
    .replace(/: Allowed choices are /, ': give one of ')
    .replace(/\.$/, '');
}

/** The choice that a refused value may have meant, as {@link refusedText} tells both. */
export function nearChoice(refused: string): string | undefined {
  const [, value, choices = ''] = /`([^`]*)` is invalid(?: for `[^`]*`)?: give one of (.*)$/.exec(refused) ?? [];
  const near = value === undefined ? undefined : nearNames(value, choices.split(', '))[0];
  return near === undefined ? undefined : `\`${near}\``;
}
