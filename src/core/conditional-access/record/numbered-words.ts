import { addressFromWords } from '../../network/address.ts';
import type { NumberedAttempt } from '../../signaling/numbered-attempt.ts';
import { ADDRESS_WIDTH, ByNumber, numberOf, PART, placeOf, WORDS_WIDTH } from '../../signaling/numbered-attempt.ts';
import type { Sight } from '../../signaling/sights.ts';
import type { SeenWords } from './judged-sign-in.ts';
import { seenWords } from './judged-sign-in.ts';

/** Where the words of all sign-ins of one sight come from: an address from that place of the row, -1: from `words`. */
interface WordsRecipe {
  readonly words: SeenWords;
  readonly places: readonly number[];
}

/** Of the words, the one that is a country; all others that are texts are addresses. */
const COUNTRY = 1;

/** `seenWords` of numbered sign-ins: what stands where follows from the sight. */
export class NumberedWords {
  readonly #recipes = new WeakMap<Sight, WordsRecipe>();
  readonly #countries = new ByNumber<SeenWords[number]>();

  of(signIn: NumberedAttempt, sight: Sight): SeenWords {
    const { words, places } = this.#recipeOf(signIn, sight);
    const seen = words.slice();
    for (let at = 0; at < words.length; at++) {
      const place = places[at] as number;
      if (place === -1) continue;
      // The user's own address is mostly the one that is seen.
      seen[at] = at > 0 && place === places[0] ? (seen[0] as SeenWords[number]) : addressAt(signIn, place);
    }
    if (sight.country === 'recorded') seen[COUNTRY] = this.#countryOf(signIn, sight);
    return seen;
  }

  #recipeOf(signIn: NumberedAttempt, sight: Sight): WordsRecipe {
    const known = this.#recipes.get(sight);
    if (known !== undefined) return known;
    const { attempt } = signIn;
    const source = attempt.network.source.address;
    const seen = sight.observe(attempt);
    const { ipAddress, globalSecureAccessIpAddress: proxy, resourceIpAddress } = seen;
    const addresses = [ipAddress, undefined, undefined, proxy, resourceIpAddress, source];
    const recipe = {
      words: seenWords(seen, source?.text),
      places: addresses.map((address) => (address === undefined ? -1 : placeOf(signIn, address))),
    };
    this.#recipes.set(sight, recipe);
    return recipe;
  }

  #countryOf(signIn: NumberedAttempt, sight: Sight): SeenWords[number] {
    const number = numberOf(signIn, PART.country);
    const known = this.#countries.find(signIn.rows, number);
    if (known !== undefined) return known;
    const country = sight.observe(signIn.attempt).countryOrRegion;
    return this.#countries.keep(signIn.rows, number, country ?? (country === null ? null : 0));
  }
}

function addressAt({ rows: { words }, row }: NumberedAttempt, place: number): string {
  const at = row * WORDS_WIDTH + place * ADDRESS_WIDTH;
  const first = words[at + 1] as number;
  if (words[at] === 4) return addressFromWords(4, [first]).text;
  return addressFromWords(6, [first, words[at + 2] as number, words[at + 3] as number, words[at + 4] as number]).text;
}
