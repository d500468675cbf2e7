import type { ChangeClass } from '../../conditional-access/outcome/change.ts';
import type { Satisfied, SignInAttempt } from '../../signaling/attempt.ts';
import type { LevelName } from '../levels/level.ts';
import { LEVELS } from '../levels/level.ts';
import type { Proof } from '../proof.ts';
import { bitsOf } from '../worlds/masks.ts';
import type { ProofAnswer, ProofRow } from './answer.ts';
import type { Box } from './boxes.ts';
import { boxesOf, textsOfLevel } from './boxes.ts';
import { Reach } from './reach.ts';
import { claimsTold, egressTold, ipv4Share, placesTold, wayTold } from './told-places.ts';
import type { Witness } from './witness.ts';

/** A row of an answer in words and figures. */
export interface ToldRow {
  readonly policyId: string;
  readonly displayName: string;
  readonly class: ChangeClass;
  /** Some of these sign-ins come out so whatever is not known of egress and session. */
  readonly isCertain: boolean;
  /** People of the directory; rows overlap, so they are never added up. */
  readonly people: number;
  readonly certainPeople: number;
  readonly who: readonly string[];
  readonly others: readonly string[];
  /** Names; `null`: any. */
  readonly applications: readonly string[] | null;
  readonly from: readonly string[];
  /** The share of the public IPv4 addresses, 0 to 1. */
  readonly ipv4Share: number;
  /** What it hangs on where it is not certain, or not known. */
  readonly hangsOn: readonly string[];
  readonly example: ToldWitness;
  /** Works out the boxes when it is called, which takes longer than the rest. */
  readonly cover: () => ToldCover;
}

/** The largest boxes of sign-ins that together hold an answer; `isWhole` is false where there are more than are told. */
export interface ToldCover {
  readonly boxes: readonly ToldBox[];
  readonly isWhole: boolean;
}

/** One concrete sign-in of a row, confirmed by the explaining evaluator. */
export interface ToldWitness {
  readonly user: string;
  readonly application: string;
  readonly way: string;
  readonly sourceIpAddress: string | null;
  readonly sourceCountryOrRegion: string | null;
  readonly egressIpAddress: string | null;
  readonly egressCountryOrRegion: string | null;
  readonly session: readonly string[];
  readonly outcomeBefore: string;
  readonly outcomeAfter: string;
  readonly decidedByBefore: readonly string[];
  readonly decidedByAfter: readonly string[];
  readonly isConfirmed: boolean;
  readonly attempt: SignInAttempt;
}

/** A product of parts of sign-ins; a part that is absent is any. */
export type ToldBox = { readonly [name in Exclude<LevelName, 'where'>]?: readonly string[] } & {
  readonly from: readonly string[];
};

export function rowsTold(proof: Proof, { rows }: ProofAnswer): ToldRow[] {
  return rows.map((row) => rowTold(proof, row));
}

function rowTold(proof: Proof, row: ProofRow): ToldRow {
  const apps = bitsOf(row.apps);
  return {
    policyId: row.policyId,
    displayName: row.displayName,
    class: row.class,
    isCertain: row.isCertain,
    people: row.people.length,
    certainPeople: row.certainPeople.length,
    who: row.people.map((at) => proof.people.values[at]?.text ?? ''),
    others: row.others.map(({ text }) => text),
    applications: apps.length === proof.apps.classes.length ? null : apps.flatMap((at) => namesOfClass(proof, at)),
    from: placesTold(proof, row.places),
    ipv4Share: ipv4Share(proof, row.places),
    hangsOn: hangsOn(proof, row),
    example: witnessTold(row.witness, row.class),
    cover: () => coverOf(proof, row),
  };
}

function coverOf(proof: Proof, row: ProofRow): ToldCover {
  const parts = row.questions.map((question) => boxesOf(proof, new Reach(proof, question)));
  return {
    boxes: parts.flatMap(({ boxes }) => boxes.map((box) => boxTold(proof, box))),
    isWhole: parts.every((part) => part.isWhole),
  };
}

function namesOfClass({ apps }: Proof, at: number): readonly string[] {
  return (apps.classes[at]?.members ?? []).map((member) => apps.values[member]?.text ?? '');
}

/** A box by the names of what it holds. */
export function boxTold(proof: Proof, box: Box): ToldBox {
  const parts = LEVELS.filter((name) => name !== 'where').flatMap((name) => {
    const texts = textsOfLevel(proof, box, name);
    return texts === undefined ? [] : [[name, texts] as const];
  });
  const places = box.sets.at(-1);
  return { ...Object.fromEntries(parts), from: places === undefined ? [] : placesTold(proof, places) };
}

/** The facts that would have to be known: the egress, and what the session has proven; of an unknown class what is missing. */
function hangsOn(proof: Proof, { witness, class: name, isCertain }: ProofRow): string[] {
  const { place, path, before, after } = witness;
  if (name === 'unknown')
    return [...new Set([before, after].flatMap(({ missing }) => missing.map(({ fact }) => fact)))].sort();
  if (isCertain) return [];
  const spots = path.values.flatMap((value) => proof.where.values[value]?.egress ?? []);
  const egress = path.values.length < place.options.length ? [`the egress lies ${egressTold(spots)}`] : [];
  return [...egress, ...sessionFacts(proof, path.columns)];
}

/** What decides between the columns in which it holds and those in which it does not. */
function sessionFacts({ columns: { columns } }: Proof, holding: readonly number[]): string[] {
  if (holding.length === columns.length) return [];
  const names = new Set(columns.flatMap((column) => Object.keys(column)));
  const inside = new Set(holding);
  const decides = (name: string) =>
    holding.some((at) =>
      columns.some((other, position) => !inside.has(position) && differOnlyBy(columns[at], other, name)),
    );
  return [...names].filter(decides).map((name) => SESSION_FACTS[name] ?? name);
}

const SESSION_FACTS: { readonly [name: string]: string } = {
  authenticationMethodCombination: 'how the user authenticated (MFA)',
  termsOfUseAccepted: 'whether terms of use were accepted',
  customAuthenticationFactors: 'custom controls',
  approvedApplication: 'whether the app is an approved one',
  compliantApplication: 'whether the app has app protection',
  passwordChange: 'whether the password was changed',
  riskRemediation: 'whether the risk was remediated',
};

function differOnlyBy(one: Satisfied | undefined, other: Satisfied, name: string): boolean {
  if (one === undefined) return false;
  const without = (satisfied: Satisfied) => JSON.stringify({ ...satisfied, [name]: null });
  return without(one) === without(other) && JSON.stringify(one) !== JSON.stringify(other);
}

function witnessTold(witness: Witness, name: ChangeClass): ToldWitness {
  const { attempt, before, after, source, egress } = witness;
  return {
    user: witness.person.text,
    application: witness.application,
    way: wayTold(witness.place.ways.slice(0, 1)),
    sourceIpAddress: source?.address.address.text ?? null,
    sourceCountryOrRegion: source?.country.countryOrRegion ?? null,
    egressIpAddress: egress?.address.address.text ?? null,
    egressCountryOrRegion: egress?.country.countryOrRegion ?? null,
    session: [...witness.session, ...claimsTold(witness.place)],
    outcomeBefore: before.outcome,
    outcomeAfter: after.outcome,
    decidedByBefore: before.decidedBy,
    decidedByAfter: after.decidedBy,
    isConfirmed: witness.class === name || (name === 'unknown' && isWithinUnknown(witness)),
    attempt,
  };
}

/** Whether two evaluations say nothing against the unknown: of what may be asked in both worlds they tell nothing, or they know more. */
function isWithinUnknown(witness: Witness): boolean {
  return witness.mayBeSurer || (witness.class === 'unchanged' && witness.mayLose);
}
