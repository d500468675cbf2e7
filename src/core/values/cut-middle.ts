/** Columns of one piece of a message: what a person reads at once. */
const ROOM = 600;

/**
 * Text of a bounded width: of one that is wider both ends, with what was left out in between. A name may have 200,000
 * characters, and the words around it are what a person needs.
 */
export function cutMiddle(text: string, room = ROOM): string {
  if (text.length * 2 <= room) return text;
  const letters = [...text];
  if (widthOf(letters) <= room) return text;
  const mark = ' … ';
  const head = fitting(letters, Math.floor((room - mark.length) * 0.6));
  const tail = fitting(letters.toReversed(), room - mark.length - widthOf(head)).toReversed();
  return `${head.join('')}${mark}${tail.join('')}`;
}

function fitting(letters: readonly string[], room: number): readonly string[] {
  let width = 0;
  const end = letters.findIndex((letter) => {
    width += columnsOf(letter);
    return width > room;
  });
  return end < 0 ? letters : letters.slice(0, end);
}

function widthOf(letters: readonly string[]): number {
  return letters.reduce((width, letter) => width + columnsOf(letter), 0);
}

/** The columns that a letter takes at most: one that may be wide counts as wide, because the result is used as a bound. */
function columnsOf(letter: string): number {
  return (letter.codePointAt(0) ?? 0) >= 0x1100 ? 2 : 1;
}
