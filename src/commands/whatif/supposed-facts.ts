import { Option } from 'commander';
import type { FactName, SIGN_IN_FACTS, SignInFacts } from '../../core/graph/sign-in-facts.ts';
import { choicesOf, FACT_NAMES, factNamed } from '../../core/graph/sign-in-facts.ts';

/** Options of `gsa whatif` for the facts that are words of Graph's, and what they say of the sign-in. */

type CamelCase<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name;
type AttributeOf<Fact extends FactName> = (typeof SIGN_IN_FACTS)[Fact] extends {
  readonly option: { readonly name: infer Name extends string };
}
  ? CamelCase<Name>
  : never;

/** Values of the options, by the names that commander gives them. */
export type SupposedFacts = { readonly [Fact in FactName as AttributeOf<Fact>]?: string };

export function factOptions(): readonly Option[] {
  return FACT_NAMES.flatMap((fact) => {
    const option = optionFor(fact);
    if (option === undefined) return [];
    const { supposed } = factNamed(fact);
    return [supposed === undefined ? option : option.default(supposed)];
  });
}

function optionFor(fact: FactName): Option | undefined {
  const { option } = factNamed(fact);
  if (option === undefined) return undefined;
  return new Option(`--${option.name} <${option.value}>`, option.says).choices(choicesOf(fact));
}

/** What is said to be unknown is not known; where no option says a fact, it is what is supposed of everybody. */
export function supposedFacts(said: SupposedFacts): SignInFacts {
  const values = new Map<string, unknown>(Object.entries(said));
  return Object.fromEntries(
    FACT_NAMES.map((fact) => {
      const { follows, supposed } = factNamed(fact);
      const option = optionFor(follows ?? fact);
      const value = option === undefined ? supposed : values.get(option.attributeName());
      return [fact, value === 'unknown' ? undefined : value];
    }),
  );
}
