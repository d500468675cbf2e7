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

  add(severity: Problem['severity'], code: string, message: string, place: Place): void {
    if (severity === 'error') this.#sound = false;
    const key = `${severity} ${code} ${message}${severity === 'error' ? (place.pointer ?? '') : ''}`;
    if (this.#said.has(key)) return;
    this.#said.add(key);
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    if (count <= LISTED_PER_CODE) {
      this.#problems.push({ severity, code, message: excerpt(message, LONGEST_MESSAGE), place });
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
        place: { file: this.file },
      }));
    return [...this.#problems, ...more];
  }
}

/** A member that we do not know, by its path without positions in lists, such as `conditions.agents`. */
export interface UnknownMember {
  readonly path: string;
  readonly place: Place;
}

/** Where the reader of an item stands: reports with a place, and steps into members. */
export class Cursor {
  readonly pointer: string;
  readonly #path: string;
  readonly #findings: Findings;
  readonly #source: Source;
  readonly #unknown: UnknownMember[];

  constructor(findings: Findings, source: Source, unknown: UnknownMember[], pointer = '', path = '') {
    this.#findings = findings;
    this.#source = source;
    this.#unknown = unknown;
    this.pointer = pointer;
    this.#path = path;
  }

  /** The member's own cursor; `written` where the file writes its name otherwise, or deeper. */
  member(name: string, ...written: readonly string[]): Cursor {
    const steps = written.length === 0 ? [name] : written;
    const path = this.#path === '' ? name : `${this.#path}.${name}`;
    return new Cursor(this.#findings, this.#source, this.#unknown, steps.reduce(pointerTo, this.pointer), path);
  }

  /** An element of a list: its path is the list's. */
  element(at: number): Cursor {
    return new Cursor(this.#findings, this.#source, this.#unknown, pointerTo(this.pointer, at), this.#path);
  }

  /** The same place for an item's members: their paths begin anew. */
  item(kind: string): Cursor {
    return new Cursor(this.#findings, this.#source, this.#unknown, this.pointer, kind);
  }

  get place(): Place {
    return this.#source.place(this.pointer);
  }

  get sound(): boolean {
    return this.#findings.sound;
  }

  error(code: string, message: string): void {
    this.#findings.add('error', code, this.#named(message), this.place);
  }

  /** An error that stands further inside. */
  errorAt(place: Place, code: string, message: string): void {
    this.#findings.add('error', code, message, place);
  }

  warning(code: string, message: string): void {
    this.#findings.add('warning', code, this.#named(message), this.place);
  }

  note(code: string, message: string): void {
    this.#findings.add('note', code, this.#named(message), this.place);
  }

  /** A note about the whole file: said once, at its first place. */
  noteOfFile(code: string, message: string): void {
    this.#findings.add('note', code, message, this.place);
  }

  unknownMember(name: string): void {
    const { place } = this.member(name);
    this.#unknown.push({ path: excerpt(this.#path === '' ? name : `${this.#path}.${name}`), place });
  }

  /** Messages begin with the member they are about. */
  #named(message: string): string {
    const member = this.#path.split('.').slice(1).join('.');
    return member === '' ? message : `\`${excerpt(member)}\`: ${message}`;
  }
}
