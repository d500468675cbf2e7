import type { Example, ExamplePolicy, SeenByEntra } from '../../../core/impact/example.ts';
import { someOf } from '../../../core/values/some-of.ts';
import type { Span } from '../../view.ts';
import { bad, code, strong } from '../../view.ts';

/** `203.0.113.25 (NL)`, or whose address it is where the address is not known. */
export function seenText(seen: SeenByEntra): (string | Span)[] {
  const country = seen.countryOrRegion === null ? '' : ` (${seen.countryOrRegion})`;
  if (seen.ipAddress !== null) return [code(seen.ipAddress), country];
  if (seen.whose === 'proxy') return [`an address of Global Secure Access${country}`];
  return [seen.whose === 'source' ? `the user’s own address${country}` : 'an address that is not known'];
}

/** One sentence: who, at what, from which address to which, by which policy, and why. */
export function exampleText(example: Example): (string | Span)[] {
  const [policy] = example.policies;
  return [
    `${example.user} at ${example.application}, `,
    ...seenText(example.seenBefore),
    ' → ',
    ...seenText(example.seenAfter),
    ...(example.certainlyStopped ? [', ', bad('stopped in any case')] : []),
    ...(policy === undefined
      ? []
      : [example.certainlyStopped ? ' by ' : ', by ', strong(policy.displayName), ` (${whyText(policy)})`]),
    ...(example.missing.length === 0 ? [] : [`; lacks ${someOf(example.missing)}`]),
  ];
}

/** The reasons before and after where they differ; else the one reason. */
export function whyText({ whyBefore, whyAfter }: ExamplePolicy): string {
  if (whyBefore === null) return 'a new policy';
  if (whyAfter === null) return 'the policy is gone';
  return whyBefore === whyAfter ? whyAfter : `now ${whyBefore}; then ${whyAfter}`;
}

export function seenPlain(seen: SeenByEntra): string {
  return seenText(seen)
    .map((part) => (typeof part === 'string' ? part : part.text))
    .join('');
}
