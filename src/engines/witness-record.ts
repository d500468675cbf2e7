import { ONE } from '../core/conditional-access/record/weight.ts';
import { draftOf } from '../intake/sign-ins/draft-of.ts';
import type { Members } from '../intake/sign-ins/facts/members.ts';
import { setMember } from '../intake/sign-ins/facts/members.ts';
import type { AttemptFacts } from '../intake/sign-ins/facts/to-attempt.ts';
import { toAttempt } from '../intake/sign-ins/facts/to-attempt.ts';
import { weightIn } from '../intake/sign-ins/facts/weight-in.ts';
import type { Draft } from '../intake/sign-ins/formats/graph-record.ts';
import { finishRecord } from '../intake/sign-ins/formats/graph-record.ts';
import type { ReadSignIn, SkippedSignIn } from '../intake/types.ts';
import type { GroupName } from './fact-columns.ts';
import { ADDRESS_COLUMNS, GROUP_NAMES } from './fact-columns.ts';
import type { FactEngine, KeyRow, Witness } from './fact-engine.ts';
import type { NumberedTuples } from './numbered-tuples.ts';
import { membersOf } from './record-of-tuples.ts';

export type Item = { readonly signIn: ReadSignIn } | { readonly skipped: SkippedSignIn };

/** Makes the record of a witness and reads it as any record is read. */
export class WitnessReader {
  readonly #tuples: NumberedTuples;
  readonly #facts: AttemptFacts;
  readonly #times: Pick<FactEngine, 'zone' | 'order'>;

  constructor(tuples: NumberedTuples, facts: AttemptFacts, times: Pick<FactEngine, 'zone' | 'order'>) {
    this.#tuples = tuples;
    this.#facts = facts;
    this.#times = times;
  }

  /** The witness of some sign-ins of a key, which stands for all of them. */
  read({ witness, signIns }: KeyRow): Item {
    const place = { file: 'the engine' };
    const draft = this.#draft(witness);
    if (draft === undefined)
      return { skipped: { reason: 'notASignIn', message: 'has no member of a sign-in', place, signIns } };
    const reading = finishRecord(draft, this.#times.order);
    if (!reading.ok) return { skipped: { reason: reading.reason, message: reading.message, place, signIns } };
    const { record, marks } = reading;
    const { id, createdDateTime } = record;
    const weight = { ...(weightIn(draft.members, record) ?? ONE), signIns };
    const attempt = toAttempt(record, this.#facts);
    return { signIn: { id, createdDateTime, record, attempt, format: 'graph', marks, place, weight } };
  }

  #draft({ id, createdDateTime, addresses, tuples }: Witness): Draft | undefined {
    const valuesOf = (group: GroupName) => [group, this.#tuples.valuesOf(group, tuples[group])] as const;
    const members: Members = {
      ...(id === '' ? {} : { id }),
      // A table has the column, and so every row has the member, with a time or without.
      createdDateTime: createdDateTime === '' ? null : createdDateTime,
      ...membersOf(Object.fromEntries(GROUP_NAMES.map(valuesOf))),
    };
    for (const [at, name] of ADDRESS_COLUMNS.entries()) {
      const address = addresses[at];
      if (address !== undefined && address !== '') setMember(members, name, address);
    }
    const draft = draftOf(members)?.draft;
    return draft === undefined ? undefined : { ...draft, zone: this.#times.zone };
  }
}
