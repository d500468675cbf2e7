import { pointerTo } from '../json/pointer.ts';
import { excerpt } from '../text/excerpt.ts';
import type { Place, Problem } from '../types.ts';

/** One JSON document of a file: it knows where its members stand in the file. */
export interface Source {
  place(pointer: string): Place;
}

/** More of one kind in one file are counted, not listed. */
const LISTED_PER_CODE = 25;
/** The longest message; what was found is cut before, this holds for everything. */
const LONGEST_MESSAGE = 200;

/** Everything found in one file. A file with an error contributes nothing to the run. */
export class Findings {
  readonly file: string;
  readonly #problems: Problem[] = [];
  readonly #said = new Set<string>();
  readonly #counts = new Map<string, number>();
  #sound = true;

  constructor(file: string) {
    this.file = file;
  }

  get sound(): boolean {
    return this.#sound;
  }

  add(severity: Problem['severity'], code: string, message: string, where: Place | Cursor): void {
    if (severity === 'error') this.#sound = false;
    const key = `${severity} ${code} ${message}${severity === 'error' ? (placeOf(where).pointer ?? '') : ''}`;
    if (this.#said.has(key)) return;
    this.#said.add(key);
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    if (count <= LISTED_PER_CODE) {
      this.#problems.push({ severity, code, message: excerpt(message, LONGEST_MESSAGE), place: placeOf(where) });
    }
  }

  /** The problems in the order they were found; of each code, those beyond the limit as a number. */
  list(): readonly Problem[] {
    const severityOf = (code: string) => this.#problems.find((problem) => problem.code === code)?.severity ?? 'note';
    const more = [...this.#counts]
      .filter(([, count]) => count > LISTED_PER_CODE)
      .map(([code, count]) => ({
        severity: severityOf(code),
        code,
        message: `and ${count - LISTED_PER_CODE} more of this kind`,
        count: count - LISTED_PER_CODE,
        place: { file: this.file },
      }));
    return [...this.#problems, ...more];
  }
}

/** The place of a finding. Finding a line costs more than reading an item, so only what is listed asks for it. */
function placeOf(where: Place | Cursor): Place {
  return where instanceof Cursor ? where.place : where;
}

/** A member that we do not know, by its path without positions in lists, such as `conditions.agents`. */
export interface UnknownMember {
  readonly path: string;
  readonly at: Cursor;
}

/** What the cursors of one item share. */
export interface Ground {
  readonly findings: Findings;
  readonly source: Source;
  readonly unknown: UnknownMember[];
}

/** The reader's place in an item: it reports with that place, and steps into members. */
export class Cursor {
  readonly #ground: Ground;
  /** The cursor from which a step led here; pointer and path are put together when something is to be told, which is rare. */
  readonly #from: Cursor | undefined;
  /** The members of the step as the file has them, or the position of an element; without a step the pointer. */
  readonly #written: readonly string[] | string | number;
  /** The member of the step as Graph has it; `null` for an element, whose path is the list's; without a step the path. */
  readonly #name: string | null;

  constructor(
    ground: Ground,
    written: readonly string[] | string | number = '',
    name: string | null = '',
    from?: Cursor,
  ) {
    this.#ground = ground;
    this.#written = written;
    this.#name = name;
    this.#from = from;
  }

  get pointer(): string {
    const written = this.#written;
    if (this.#from === undefined) return String(written);
    const steps = typeof written === 'object' ? written : [written];
    return steps.reduce<string>(pointerTo, this.#from.pointer);
  }

  get #path(): string {
    const name = this.#name;
    if (this.#from === undefined) return name ?? '';
    const before = this.#from.#path;
    if (name === null) return before;
    return before === '' ? name : `${before}.${name}`;
  }

  /** The member's own cursor; `written` where the file writes its name otherwise, or deeper. */
  member(name: string, written: readonly string[] | string = name): Cursor {
    return new Cursor(this.#ground, written, name, this);
  }

  /** An element of a list: its path is the list's. */
  element(at: number): Cursor {
    return new Cursor(this.#ground, at, null, this);
  }

  /** The same place for an item's members: their paths begin anew. */
  item(kind: string): Cursor {
    return new Cursor(this.#ground, this.pointer, kind);
  }

  get place(): Place {
    return this.#ground.source.place(this.pointer);
  }

  get sound(): boolean {
    return this.#ground.findings.sound;
  }

  error(code: string, message: string): void {
    this.#ground.findings.add('error', code, this.#named(message), this);
  }

  /** An error that stands further inside. */
  errorAt(place: Place, code: string, message: string): void {
    this.#ground.findings.add('error', code, message, place);
  }

  warning(code: string, message: string): void {
    this.#ground.findings.add('warning', code, this.#named(message), this);
  }

  note(code: string, message: string): void {
    this.#ground.findings.add('note', code, this.#named(message), this);
  }

  /** A note about the whole file: said once, at its first place. */
  noteOfFile(code: string, message: string): void {
    this.#ground.findings.add('note', code, message, this);
  }

  unknownMember(name: string): void {
    const path = this.#path;
    this.#ground.unknown.push({ path: excerpt(path === '' ? name : `${path}.${name}`), at: this.member(name) });
  }

  /** Messages begin with the member they are about. */
  #named(message: string): string {
    const member = this.#path.split('.').slice(1).join('.');
    return member === '' ? message : `\`${excerpt(member)}\`: ${message}`;
  }
}
