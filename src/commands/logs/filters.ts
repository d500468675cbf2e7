import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { parseAddress } from '../../core/network/address.ts';
import { parseRange } from '../../core/network/range.ts';
import type { SignalingStatus } from '../../core/tenant/tenant.ts';
import { yesOrNo } from '../../core/values/yes-no.ts';
import { list, parts } from '../options.ts';
import type { SaidTime } from '../times.ts';
import { saidTime } from '../times.ts';
import type { StatusWord } from './status.ts';
import { STATUS_WORDS, statusWords } from './status.ts';

/** What `gsa logs` was asked for, as it was typed; each value is valid by itself. */
export interface LogFilterOptions {
  readonly user?: string;
  readonly app?: readonly string[];
  readonly ip?: readonly string[];
  readonly since?: SaidTime;
  readonly until?: SaidTime;
  readonly status?: readonly StatusWord[];
  readonly policy?: readonly string[];
  /** `true` for the option without a value. */
  readonly throughGsa?: boolean | 'unknown';
  readonly location?: readonly string[];
  readonly signaling?: SignalingStatus;
  readonly correlationId?: string;
  /** OData, read by odata.ts. */
  readonly filter?: string;
}

export function declareLogFilters(command: Command): Command {
  return command
    .option('--user <user>', 'user principal name, object id, or display name')
    .option('--app <application>', 'id, or a part of the name, of application or client; repeatable', list)
    .option('--ip <ip|cidr>', 'address or range: seen by Entra ID, the user’s own, or the proxy’s; repeatable', ranges)
    .option('--since <time>', 'from this time on: 2026-01-15, 2026-01-15T09:00:00Z, 2h, 3d, yesterday', saidTime)
    .option('--until <time>', 'only before this time', saidTime)
    .option('--status <status>', `${STATUS_WORDS.join(', ')}; or an error code; repeatable`, statusWords)
    .option('--policy <policy>', 'a policy that applied or decided: name or id; repeatable', list)
    .option('--through-gsa [bool]', 'through Global Secure Access; =false: not; =unknown: not known', trueOrFalse)
    .option(
      '--location <location>',
      'a named location that holds the address, or a country such as NL; repeatable',
      list,
    )
    .addOption(
      new Option('--signaling <status>', 'signaling status that it was replayed under').choices([
        'enabled',
        'disabled',
      ]),
    )
    .option('--correlation-id <id>', 'correlation id')
    .option(
      '--filter <OData>',
      'as Graph’s auditLogs/signIns takes it, such as "startsWith(userPrincipalName,\'joni\')"',
    );
}

function ranges(text: string, previous: readonly string[] | undefined): readonly string[] {
  const found = parts(text);
  for (const each of found) {
    const reading = parseAddress(each) === undefined ? parseRange(each) : undefined;
    if (reading !== undefined && 'problem' in reading) {
      throw new InvalidArgumentError('give an address or a range, such as 203.0.113.25 or 203.0.113.0/24.');
    }
  }
  if (found.length === 0) throw new InvalidArgumentError('give an address or a range.');
  return [...(previous ?? []), ...found];
}

function trueOrFalse(text: string): boolean | 'unknown' {
  const value = text.toLowerCase() === 'unknown' ? 'unknown' : yesOrNo(text);
  if (value === undefined) throw new InvalidArgumentError('give true, false or unknown.');
  return value;
}
