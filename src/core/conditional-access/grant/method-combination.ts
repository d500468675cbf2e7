/** A combination is a set of methods: `sms,password` is `password,sms` (CSDL-v1, flags). */
export function canonicalCombination(combination: string): string {
  return combination
    .split(',')
    .map((method) => method.trim().toLowerCase())
    .sort()
    .join(',');
}
