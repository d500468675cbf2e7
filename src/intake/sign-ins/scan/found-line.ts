import type { FoundRecord } from '../../../core/conditional-access/record/found-sign-in.ts';
import type { FactMemory } from './fact-memory.ts';
import type { NumberedSignIn } from './part-reader.ts';

type FoundIds = Pick<FoundRecord, 'id' | 'createdDateTime' | 'correlationId'>;

/** What a log finds a line by that was scanned: each part is read when it is asked for. */
export class FoundLine implements FoundRecord {
  readonly #line: FoundIds;
  readonly #facts: FactMemory;
  readonly #numbered: NumberedSignIn;

  constructor(line: FoundIds, facts: FactMemory, numbered: NumberedSignIn) {
    this.#line = line;
    this.#facts = facts;
    this.#numbered = numbered;
  }

  get id() {
    return this.#line.id;
  }

  get createdDateTime() {
    return this.#line.createdDateTime;
  }

  get correlationId() {
    return this.#line.correlationId;
  }

  get person() {
    return this.#facts.account(this.#numbered);
  }

  get application() {
    return this.#facts.application(this.#numbered);
  }

  get client() {
    return this.#facts.way(this.#numbered);
  }

  get ipAddress() {
    return this.#facts.address(this.#numbered).ipAddress ?? null;
  }

  get sourceIpAddress() {
    return this.#facts.stated(this.#numbered).sourceIpAddress ?? null;
  }

  get location() {
    return this.#facts.location(this.#numbered).location ?? null;
  }
}
