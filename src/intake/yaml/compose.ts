import type { Document, LineCounter, ParsedNode, YAMLParseError } from 'yaml';
import { Composer, CST, Lexer, Parser } from 'yaml';
import { MOST_LEVELS, TextFault } from '../../core/values/text-fault.ts';

/** Aliases, anchors and tags that a file may have; one with more was made to be hard to read. */
const MOST_MARKS = 1_000;

/** Faults after which nobody reads on. */
const MOST_FAULTS = 50;

/** A text as a document of YAML, and where the next one in it begins. */
export interface Composed {
  readonly document: Document.Parsed<ParsedNode>;
  readonly next: number | undefined;
}

/**
 * Composes a document and counts on the way what the library itself has no limit for: it takes two thousand bytes of memory for each
 * bracket that is wrong, and for nested ones until it runs out of stack. Throws {@link TextFault} where
 * the text takes more time and memory than a file of its size is worth.
 */
export function compose(text: string, lines: LineCounter): Composed {
  const [document, next] = firstTwo(boundedComposer().compose(boundedTokens(text, lines), true, text.length));
  return { document: document as Composed['document'], next: next?.range[0] };
}

/** Whoever reads the document looks for keys that stand twice: the composer compares each with all before it. */
function boundedComposer(): Composer {
  const composer = new Composer({ prettyErrors: false, uniqueKeys: false, logLevel: 'error' });
  // What the types call private is the only place where faults can be counted; a test fails where it is no more.
  const notes = composer as unknown as { onError(...fault: unknown[]): void; errors: readonly YAMLParseError[] };
  const note = notes.onError;
  let faults = 0;
  notes.onError = (...fault) => {
    note(...fault);
    if (++faults > MOST_FAULTS) throw tooManyFaults(notes.errors.at(-1)?.pos[0] ?? 0);
  };
  return composer;
}

function firstTwo<Thing>(things: Iterable<Thing>): readonly Thing[] {
  const found: Thing[] = [];
  for (const thing of things) if (found.push(thing) === 2) break;
  return found;
}

function* boundedTokens(text: string, lines: LineCounter): Generator<CST.Token> {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  let [marks, faults] = [0, 0];
  for (const lexeme of new Lexer().lex(text)) {
    if (isMark(lexeme) && ++marks > MOST_MARKS)
      throw new TextFault(`has more than ${MOST_MARKS} aliases, anchors and tags`, parser.offset);
    for (const token of parser.next(lexeme)) {
      if (token.type === 'error' && ++faults > MOST_FAULTS) throw tooManyFaults(token.offset);
      yield token;
    }
    // Beside what stands in each other the stack has the document and a scalar.
    if (parser.stack.length > MOST_LEVELS + 2)
      throw new TextFault(`is nested more than ${MOST_LEVELS} levels deep`, parser.offset);
  }
  yield* parser.end();
}

function isMark(lexeme: string): boolean {
  const type = CST.tokenType(lexeme);
  return type === 'alias' || type === 'anchor' || type === 'tag';
}

function tooManyFaults(offset: number): TextFault {
  return new TextFault(`is not valid YAML in more than ${MOST_FAULTS} places`, offset);
}
