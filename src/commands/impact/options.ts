import type { ChangeClass } from '../../core/conditional-access/outcome/change.ts';
import { CHANGE_CLASSES } from '../../core/conditional-access/outcome/change.ts';
import type { Gate } from '../../core/impact/gates.ts';
import { GATES } from '../../core/impact/gates.ts';
import type { Dimension } from '../../core/impact/groups.ts';
import { GsaError } from '../../trouble/error.ts';
import { parts } from '../options.ts';
import type { ProofOptions } from '../proof-question.ts';
import type { SourceOptions } from '../sign-in-sources.ts';
import type { SupposedChange } from '../supposed-change.ts';
import type { EngineOptions } from './engine.ts';
import { refuseWithEngine } from './engine.ts';

export interface Options extends SourceOptions, ProofOptions, EngineOptions {
  readonly fromLogs?: true;
  readonly all?: true;
  readonly with?: string;
  readonly suggest?: true | string;
  readonly certificate?: string;
  readonly of?: readonly SupposedChange[];
  readonly against?: string;
  readonly failOn?: readonly string[];
  readonly only?: readonly ChangeClass[];
  readonly groupBy?: Dimension;
  readonly signIn?: string;
  readonly minimumAgreement?: number;
}

export function classes(text: string, previous: readonly ChangeClass[] | undefined): readonly ChangeClass[] {
  return [...(previous ?? []), ...parts(text).map((word) => named(word, CHANGE_CLASSES))];
}

export function gatesOf({ failOn = [] }: Options): readonly Gate[] {
  return failOn.map((word) => named(word, GATES));
}

function named<Word extends string>(word: string, words: readonly Word[]): Word {
  const known = words.find((one) => one === word);
  if (known !== undefined) return known;
  throw new GsaError('usage', `unknown class \`${word}\``, { hint: `one of: ${words.join(', ')}` });
}

/** Files have nothing to tell where all sign-ins are meant; the other tenant may be named in two ways. */
export function withoutRecords(files: readonly string[], options: Options): Options {
  const { against } = options;
  if (files.length > 0) {
    throw new GsaError('usage', '--all asks no records, and files hold some', {
      hint: 'leave them out, or leave out --all',
    });
  }
  if (against !== undefined && options.with !== undefined) {
    throw new GsaError('usage', '--against and --with at once', { hint: 'name one other tenant' });
  }
  return against === undefined ? options : { ...options, with: against };
}

/** Options that ask about every sign-in there could be, and records in none or in two places, are refused by their names. */
export function refuseForRecords(files: readonly string[], options: Options): void {
  refuseProofOptions(options);
  refuseWithEngine(options);
  if (files.length > 0 !== (options.fromLogs === true) || options.engine === 'clickhouse') return;
  throw new GsaError('usage', options.fromLogs === true ? 'files and --from-logs at once' : 'no sign-ins given', {
    hint: 'name files, - for standard input, --from-logs, or --all for every sign-in there could be',
  });
}

function refuseProofOptions({ with: file, suggest, certificate, explain, user, app, policy }: Options): void {
  const given = Object.entries({ with: file, suggest, certificate, explain, user, app, policy }).find(
    ([, value]) => value !== undefined,
  );
  if (given === undefined) return;
  throw new GsaError('usage', `--${given[0]} asks about every sign-in there could be`, { hint: 'add --all' });
}
