/** Names that a person is shown of a longer list. */
const NAMES = 4;

/** The names of a part of a box; one that the box does not speak of is any. */
export function namesText(names: readonly string[] | undefined): string {
  if (names === undefined) return 'any';
  const more = names.length - NAMES;
  return more > 1 ? `${names.slice(0, NAMES).join(', ')} and ${more} more` : names.join(', ');
}

/** A share of the public IPv4 addresses. */
export function shareText(share: number): string {
  if (share === 0) return '0 %';
  const percent = share * 100;
  return percent < 0.01 ? '< 0.01 %' : `${percent >= 99.995 ? '100' : percent.toPrecision(3)} %`;
}
