import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SHARED } from '../support/terminal.ts';

const KIT = join(SHARED, 'kit/data/hostile-strings.json');

const TOGETHER = 5;

/** What people and attackers call things: a few of each danger, and those of the test kit where it is at hand. */
export const HOSTILE: readonly string[] = [
  'clear \u001b[2J\u001b[H the screen',
  'title \u001b]0;owned\u0007 and link \u001b]8;;http://example.com\u001b\\here\u001b]8;;\u001b\\',
  'c1 \u009b31m red \u0085 next line \u0090 string',
  'c0 \u0000 nul \b\b\b back \u007f del \r return \n line \t tab \v \f',
  'bidi \u202etxt.exe\u202c \u2066isolate\u2069 \u200emark\u200f \u061c',
  'invisible \u200b zero \u2060 word \ufeff bom \u00ad soft \u{e0041} tag \u3164 filler',
  'separators \u2028 line \u2029 paragraph',
  'surrogates \ud800 high \udc00 low',
  '=HYPERLINK("http://example.com","x")',
  '\t=1+1',
  '@SUM(A1)',
  '\uff1dcmd',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '| a | b | `code` **bold** [link](javascript:alert(1))',
  '::error file=x::owned',
  '::stop-commands::token',
  '##[error]owned',
  '##vso[task.setvariable variable=x]owned',
  '%0A::warning::owned',
  'a name that is long enough to be folded over some lines\n::add-mask::owned\n##[debug]x',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  '漢字仮名交じり文の名前',
  'שלום עולם مرحبا بالعالم',
  '👩‍👩‍👧‍👦 family 🏳️‍🌈',
  `zalgo ${'a\u0301\u0302\u0303'.repeat(200)}`,
  `long ${'x'.repeat(5000)}`,
  `long words ${'word '.repeat(1000)}`,
  'blank \u2800 braille \u{1d159} note \uffa0 half \u115f jamo \u180e vowel',
  ...kitNames(),
];

/** Several in one name: their number decides how long every test takes, and they are as dangerous together. */
function kitNames(): readonly string[] {
  if (!existsSync(KIT)) return [];
  const values = (JSON.parse(readFileSync(KIT, 'utf8')) as readonly { readonly value: string }[])
    .map(({ value }) => value)
    .filter((value) => value.length < 1_000);
  return Array.from({ length: Math.ceil(values.length / TOGETHER) }, (_, at) =>
    values.slice(at * TOGETHER, (at + 1) * TOGETHER).join(' '),
  );
}

/** Characters that a terminal obeys or that nobody sees; joiners and the emoji selector belong to words and emoji. */
const RAW =
  /(?!\n|\t|\u200c|\u200d|\ufe0f)[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb\u2800\u{1d159}]/gu;

/** What a build server would take for a command. */
const COMMAND = /^\s*::(?![\da-f]{1,4}(?=[:/.\s]|$)(?!\S*::))[a-z-]+[^\n]*::|##\[|##vso\[/im;

/** Raw controls and commands in a text of ours, escaped so that a failing test can print them. */
export function dangersIn(text: string): readonly string[] {
  const raw = [...text.matchAll(RAW)].map(({ 0: character, index }) =>
    JSON.stringify(`U+${character.codePointAt(0)?.toString(16)} in ${text.slice(Math.max(index - 20, 0), index)}`),
  );
  const command = COMMAND.exec(text);
  return [...new Set([...raw, ...(command === null ? [] : [`command ${command[0]}`])])].slice(0, 5);
}
