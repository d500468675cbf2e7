import type { Command } from 'commander';
import type { Format, Offer } from '../output/format.ts';
import { offeredFormats } from '../output/format.ts';
import type { Report } from '../output/report.ts';
import type { Verdict } from '../shell/exit-codes.ts';
import type { Session } from '../shell/session.ts';

/** What a command returns; main renders it and turns the verdict into the exit code. */
export interface Result {
  readonly report: Report;
  readonly verdict?: Verdict;
  /** One line on stderr after the report: what to type next. */
  readonly hint?: string;
  /** What was written before the report is shown: said too where showing it fails. */
  readonly wrote?: string;
  /** More reports of the same kind as they come, for commands that follow or watch. */
  readonly more?: AsyncIterable<Report>;
}

/** What a command that changed the tenant {@link Result.wrote}. */
export function changed({ serial }: { readonly serial: number }): string {
  return `the change was made (serial ${serial})`;
}

/** A leaf command: its declaration and its handler, loaded only when it is the one that was typed. */
export interface CommandModule {
  /** Every format that the command can be asked for. */
  readonly formats: readonly Format[];
  /** Starts commands of others, or does not end by itself: no file may ask for it. */
  readonly startsOthers: boolean;
  /** Asks an engine, which reads servers and files by itself, always or with this option: no file may ask for it. */
  readonly asksEngine?: true | string | undefined;
  /** Changes no tenant and no log: who interrupts it is told so. */
  readonly changesNothing: boolean;
  /** Goes on without the user's settings where they cannot be read. */
  readonly worksWithoutConfig: boolean;
  /** The option with which the command goes on until it is interrupted: {@link Result.more}. */
  readonly goesOnWith?: string | undefined;
  declare(command: Command): void;
  run(session: Session, args: readonly unknown[], options: object): Promise<Result>;
}

/**
 * Gives a handler the types of its arguments and options. commander hands them over untyped; that they are what `Args`
 * and `Options` say is the work of the parsers in `declare`.
 */
export function defineCommand<Args extends readonly unknown[], Options extends object>(definition: {
  /** Formats besides those of every command. */
  readonly formats?: readonly Offer[];
  readonly startsOthers?: true;
  readonly asksEngine?: true | (keyof Options & string);
  readonly changesNothing?: true;
  readonly worksWithoutConfig?: true;
  readonly goesOnWith?: keyof Options & string;
  readonly declare: (command: Command) => void;
  readonly run: (session: Session, args: Args, options: Options) => Promise<Result>;
}): CommandModule {
  return {
    formats: offeredFormats(definition.formats ?? []),
    startsOthers: definition.startsOthers === true,
    asksEngine: definition.asksEngine,
    changesNothing: definition.changesNothing === true,
    worksWithoutConfig: definition.worksWithoutConfig === true,
    goesOnWith: definition.goesOnWith,
    declare: definition.declare,
    run: (session, args, options) => definition.run(session, args as unknown as Args, options as Options),
  };
}
