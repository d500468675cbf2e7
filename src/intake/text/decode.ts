/**
 * Bytes to text. Administrators' files come as UTF-8 with or without a byte order mark, and as UTF-16 wherever Windows
 * PowerShell 5.1 wrote them with `>` (little-endian) or `-Encoding BigEndianUnicode`. Everything else is refused by name:
 * a guessed encoding would change names without anybody seeing it (hazards 15).
 */

/** `SQLite format 3`, as every database of SQLite begins. */
const SQLITE = [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66, 0x6f, 0x72, 0x6d, 0x61, 0x74, 0x20, 0x33];

const IS_DATABASE =
  'is a SQLite database, such as ROADrecon keeps: export from Microsoft Graph as JSON instead (`gsa import --requests`)';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

export type Decoded =
  | { readonly ok: true; readonly text: string; readonly encoding: Encoding; readonly byteOrderMark: boolean }
  | { readonly ok: false; readonly fault: TextFault };

export interface TextFault {
  readonly code: 'database' | 'gzip' | 'zip' | 'binary' | 'utf32' | 'utf16WithoutMark' | 'notUtf8' | 'notUtf16';
  /** One line that says what the file is. */
  readonly message: string;
}

/** Recognises the encoding by its byte order mark, UTF-8 without one; the mark is not part of the text. */
export function decodeText(bytes: Uint8Array): Decoded {
  const fault = foreign(bytes);
  if (fault !== undefined) return { ok: false, fault };
  if (startsWith(bytes, [0xff, 0xfe])) return decodeAs('utf-16le', bytes.subarray(2), true);
  if (startsWith(bytes, [0xfe, 0xff])) return decodeAs('utf-16be', bytes.subarray(2), true);
  if (startsWith(bytes, [0xef, 0xbb, 0xbf])) return decodeAs('utf-8', bytes.subarray(3), true);
  return decodeAs('utf-8', bytes, false);
}

function decodeAs(encoding: Encoding, bytes: Uint8Array, byteOrderMark: boolean): Decoded {
  try {
    // ignoreBOM: a second mark is a character of the text, and the JSON reader will name its place.
    const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
    return { ok: true, text, encoding, byteOrderMark };
  } catch {
    return { ok: false, fault: encoding === 'utf-8' ? invalidUtf8(bytes) : invalidUtf16(encoding) };
  }
}

/** What is no text in any encoding that we read, by its first bytes. */
function foreign(bytes: Uint8Array): TextFault | undefined {
  if (startsWith(bytes, SQLITE)) return { code: 'database', message: IS_DATABASE };
  if (startsWith(bytes, [0x1f, 0x8b])) return { code: 'gzip', message: 'is compressed with gzip: unpack it first' };
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) {
    return { code: 'zip', message: 'is a zip archive: unpack it and give the folder' };
  }
  if (startsWith(bytes, [0xff, 0xfe, 0, 0]) || startsWith(bytes, [0, 0, 0xfe, 0xff])) {
    return { code: 'utf32', message: 'is UTF-32: save it as UTF-8' };
  }
  if (looksLikeUtf32(bytes)) return { code: 'utf32', message: 'looks like UTF-32: save it as UTF-8' };
  if (looksLikeUtf16(bytes)) {
    return {
      code: 'utf16WithoutMark',
      message: 'looks like UTF-16 without a byte order mark: save it as UTF-8, or as UTF-16 with the mark',
    };
  }
  if (bytes.length > 0 && bytes.subarray(0, 512).every((byte) => byte === 0)) {
    return { code: 'binary', message: 'holds nothing but zero bytes: the file is damaged' };
  }
  return undefined;
}

/** ASCII written as UTF-32 has one byte in four that is no zero. */
function looksLikeUtf32(bytes: Uint8Array): boolean {
  const start = bytes.subarray(0, Math.min(64, bytes.length - (bytes.length % 4)));
  const onlyAt = (place: number) => start.every((byte, at) => (at % 4 === place) === (byte !== 0));
  return start.length >= 4 && (onlyAt(0) || onlyAt(3));
}

/** ASCII written as UTF-16 has a zero in every second byte, which no UTF-8 text has. */
function looksLikeUtf16(bytes: Uint8Array): boolean {
  const start = bytes.subarray(0, 64 - (bytes.length % 2));
  if (start.length < 4 || (start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff)) {
    return false;
  }
  const zeros = (parity: number) => start.every((byte, at) => at % 2 !== parity || byte === 0);
  const others = (parity: number) => start.every((byte, at) => at % 2 !== parity || byte !== 0);
  return (zeros(1) && others(0)) || (zeros(0) && others(1));
}

function invalidUtf8(bytes: Uint8Array): TextFault {
  if (controlShare(bytes.subarray(0, 4096)) > 0.05) return { code: 'binary', message: 'is not a text file' };
  const line = lineOfFirstInvalid(bytes);
  return { code: 'notUtf8', message: `is not UTF-8 (line ${line}): save it as UTF-8` };
}

function invalidUtf16(encoding: Encoding): TextFault {
  return {
    code: 'notUtf16',
    message: `says by its byte order mark that it is ${encoding.toUpperCase()}, but it is not`,
  };
}

/** Control characters that no text file holds, as a share of the bytes. */
function controlShare(bytes: Uint8Array): number {
  const controls = bytes.filter((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d);
  return bytes.length === 0 ? 0 : controls.length / bytes.length;
}

/** The line of the first byte that is not UTF-8, counted from 1: whole lines are tried one after the other. */
function lineOfFirstInvalid(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (let line = 1, from = 0; from < bytes.length; line++) {
    const newline = bytes.indexOf(0x0a, from);
    const to = newline === -1 ? bytes.length : newline + 1;
    try {
      decoder.decode(bytes.subarray(from, to));
    } catch {
      return line;
    }
    from = to;
  }
  return 1;
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return bytes.length >= mark.length && mark.every((byte, at) => bytes[at] === byte);
}
