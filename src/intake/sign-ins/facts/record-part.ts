import type { SignIn } from '../../../core/conditional-access/record/sign-in.ts';

/** A record as far as these members go: whoever takes one can look at nothing else. */
export type PartOf<Names extends readonly string[]> = Readonly<Partial<Pick<SignIn, Names[number]>>>;
