/** The command tree as data, out of the same declarations as the help: for completion, the man page and the docs. */
export interface ProgramDescription {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly globalOptions: readonly OptionDescription[];
  readonly commands: readonly CommandDescription[];
}

export interface CommandDescription {
  /** Such as `signaling disable`. */
  readonly words: string;
  readonly heading: string;
  readonly summary: string;
  readonly description: string;
  /** Such as `[options] <policy...>`. */
  readonly usage: string;
  readonly arguments: readonly {
    readonly name: string;
    readonly description: string;
    readonly variadic: boolean;
    readonly choices: readonly string[];
  }[];
  readonly options: readonly OptionDescription[];
  /** What `--output` takes; empty where the command was not loaded. */
  readonly formats: readonly string[];
}

export interface OptionDescription {
  /** Such as `-o, --output <format>`. */
  readonly flags: string;
  /** The name without dashes, such as `output`. */
  readonly name: string;
  readonly alias: string | undefined;
  readonly description: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
  /** What is taken where it is not given, in the words of the help; `undefined` where nothing is. */
  readonly defaultText: string | undefined;
}

/** What the help and the reference say of an option or an argument: its description, what it can be and its default. */
export function meaningOf({
  description,
  choices,
  defaultText,
}: Pick<OptionDescription, 'description' | 'choices' | 'defaultText'>): string {
  const words = new Set(description.split(/[^\w-]+/));
  const [what = '', ...more] = description.split(/(?=; )/);
  // Some descriptions say what each of the choices does.
  const chosen = choices.every((choice) => words.has(choice))
    ? description
    : `${what}: ${choices.join(', ')}${more.join('')}`;
  return defaultText === undefined ? chosen : `${chosen} (default: ${defaultText})`;
}
