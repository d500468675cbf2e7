/** `true` and `yes`, `false` and `no`, in any case; undefined for any other word. */
export function yesOrNo(word: string): boolean | undefined {
  switch (word.toLowerCase()) {
    case 'true':
    case 'yes':
      return true;
    case 'false':
    case 'no':
      return false;
    default:
      return undefined;
  }
}
