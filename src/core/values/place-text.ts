/** Where something stands in a file; `pointer`: JSON Pointer. */
interface PlaceInFile {
  readonly file: string;
  readonly line?: number;
  readonly pointer?: string;
}

/** A place as a line of text tells it: `users.json:3 /value/0`. */
export function placeText({ file, line, pointer }: PlaceInFile): string {
  return `${file}${line === undefined ? '' : `:${line}`}${pointer === undefined || pointer === '' ? '' : ` ${pointer}`}`;
}
