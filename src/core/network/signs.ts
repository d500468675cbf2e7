const BEYOND_ASCII = 0x80;

/** More than an address and a prefix length have. */
const MOST = 64;

/** The signs of a text in ASCII, a byte each: of hundreds of thousands of ranges none has to become a text before it is read. */
export class Signs {
  readonly codes = new Uint8Array(MOST);
  /** None of a text that is longer, or not ASCII. */
  length = 0;

  take(text: string): void {
    this.length = 0;
    if (text.length > MOST) return;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code >= BEYOND_ASCII) return;
      this.codes[at] = code;
    }
    this.length = text.length;
  }

  /** Takes them from bytes that hold nothing but ASCII there. */
  takeBytes(bytes: Uint8Array, begin: number, end: number): void {
    this.length = end - begin > MOST ? 0 : end - begin;
    for (let at = 0; at < this.length; at++) this.codes[at] = bytes[begin + at] ?? 0;
  }
}
