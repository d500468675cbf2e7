import type { ChangeClass, ChangeVerdict } from '../../conditional-access/outcome/change.ts';
import { CHANGE_CLASSES, LOOSER, STRICTER, verdictOf } from '../../conditional-access/outcome/change.ts';
import { UNCHANGED } from '../diagram/outcomes.ts';
import type { NodeId } from '../diagram/search.ts';
import type { Person } from '../levels/people.ts';
import type { Proof } from '../proof.ts';
import type { Mask } from '../worlds/masks.ts';
import { addTo, emptyMask, setBit } from '../worlds/masks.ts';
import type { PolicyEntry, Side } from '../worlds/policies.ts';
import type { Decided } from './deciders.ts';
import { Deciders } from './deciders.ts';
import type { Question } from './deciding.ts';
import { Reach } from './reach.ts';
import type { Witness } from './witness.ts';
import { witnessOf } from './witness.ts';

/** Whether a change lets fewer sign-ins in or asks more of them, or the contrary. */
export type ProofVerdict = ChangeVerdict;

/** Sign-ins of one class that one policy decides. Rows overlap: several policies may decide one sign-in. */
export interface ProofRow {
  readonly policyId: string;
  readonly displayName: string;
  readonly class: ChangeClass;
  /** People of the directory, by their positions among `proof.people.values`. */
  readonly people: readonly number[];
  /** The people among them whom it hits whatever is not known of egress and session. */
  readonly certainPeople: readonly number[];
  /** Kinds of external people and workload identities. */
  readonly others: readonly Person[];
  readonly isCertain: boolean;
  readonly places: Mask;
  readonly apps: Mask;
  /** What was asked to get it: once for each world that the policy decides in. */
  readonly questions: readonly Question[];
  readonly witness: Witness;
}

/** How many people of the directory have a sign-in of a class, whoever decides it. */
export interface ClassCount {
  readonly class: ChangeClass;
  readonly people: number;
  readonly certainPeople: number;
  readonly others: number;
}

export interface ProofAnswer {
  readonly verdict: ProofVerdict;
  /** People of the directory that the question is about. */
  readonly people: number;
  readonly classes: readonly ClassCount[];
  readonly rows: readonly ProofRow[];
}

/** Reads a proof for people: what changes, by the policies that decide it, the gravest classes first. */
export function answerOf(proof: Proof): ProofAnswer {
  const codes = codesIn(proof);
  const rows = codes.flatMap((code) => {
    const sides = sidesOf(CHANGE_CLASSES[code] ?? 'unknown').map((side) => {
      const deciders = new Deciders(proof, code, side);
      return { side, deciders, decided: deciders.decided() };
    });
    return proof.union.entries.flatMap((entry, at) => rowOf(proof, code, entry, at, sides) ?? []);
  });
  return {
    verdict: verdictOf(codes.map((code) => CHANGE_CLASSES[code] ?? 'unknown')),
    people: proof.people.values.filter(isCounted).length,
    classes: codes.map((code) => countOf(proof, code)),
    rows: rows.sort((a, b) => orderOf(a) - orderOf(b) || b.people.length - a.people.length),
  };
}

function orderOf(row: ProofRow): number {
  return CHANGE_CLASSES.indexOf(row.class);
}

/** Classes that some sign-in has, "unchanged" left out. */
export function codesIn({ diagram: { root }, search }: Proof, from: NodeId = root): number[] {
  const mask = search.classesFrom(from);
  return CHANGE_CLASSES.map((_, code) => code).filter((code) => code !== UNCHANGED && (mask & (1 << code)) !== 0);
}

export function isCounted({ kind }: Person): boolean {
  return kind === 'person' || kind === 'supposed';
}

function countOf(proof: Proof, code: number): ClassCount {
  const found = [...new Reach(proof, { code }).people()];
  const all = membersOf(
    proof,
    found.map(([who]) => who),
  );
  const certain = membersOf(
    proof,
    found.flatMap(([who, { isCertain }]) => (isCertain ? [who] : [])),
  );
  return {
    class: CHANGE_CLASSES[code] ?? 'unknown',
    people: all.people.length,
    certainPeople: certain.people.length,
    others: all.others.length,
  };
}

/** What the policies of one world decide. */
interface OfSide {
  readonly side: Side;
  readonly deciders: Deciders;
  readonly decided: ReadonlyMap<number, Decided>;
}

function rowOf(
  proof: Proof,
  code: number,
  entry: PolicyEntry,
  at: number,
  sides: readonly OfSide[],
): ProofRow | undefined {
  const living = sides.filter(({ side }) => entry[side] !== undefined);
  const questions = living.map(({ side }): Question => ({ code, by: { entry: at, side } }));
  const found = living.flatMap((side, position) => {
    const decided = side.decided.get(at);
    return decided === undefined ? [] : [{ position, deciders: side.deciders, decided }];
  });
  const first = leastBy(
    found.map((side) => ({ ...side, ...firstOf(proof, side.decided) })),
    (each) => each.rank,
  );
  const question = questions[first?.position ?? 0];
  if (first === undefined || question === undefined) return undefined;
  const path = new Reach(proof, question).witness(first.who, (cursor) => first.deciders.standing(cursor, at));
  const witness = witnessOf(proof, path, first.who);
  if (witness === undefined) return undefined;
  const places = emptyMask(proof.where.places.length);
  const apps = emptyMask(proof.apps.classes.length);
  for (const { decided } of found) {
    addTo(places, decided.places);
    addTo(apps, decided.apps);
  }
  const all = membersOf(proof, ...found.map(({ decided }) => decided.people));
  const certain = found.map(({ decided }) => decided.certain);
  return {
    policyId: entry.id,
    displayName: entry.displayName,
    class: CHANGE_CLASSES[code] ?? 'unknown',
    ...all,
    certainPeople: membersOf(proof, ...certain).people,
    isCertain: certain.some((people) => people.length > 0),
    places,
    apps,
    questions,
    witness,
  };
}

/** The first of those of the least rank. */
function leastBy<T>(all: readonly T[], rankOf: (one: T) => number): T | undefined {
  let least: T | undefined;
  let lowest = Number.POSITIVE_INFINITY;
  for (const one of all) {
    const own = rankOf(one);
    if (own < lowest) [least, lowest] = [one, own];
  }
  return least;
}

/** The class of people that says most: a certain sign-in of a person of the directory. */
function firstOf(proof: Proof, { people, certain }: Decided): { readonly who: number; readonly rank: number } {
  const isPerson = (who: number) => isCountedAt(proof, proof.people.classes[who]?.members[0] ?? 0);
  const ranked = [certain.find(isPerson), people.find(isPerson), certain[0], people[0]];
  const rank = ranked.findIndex((who) => who !== undefined);
  return { who: ranked[rank] ?? 0, rank };
}

/** A change for the worse is decided by what applies after, one for the better by what applied before. */
function sidesOf(name: ChangeClass): readonly Side[] {
  if (STRICTER.has(name)) return ['after'];
  return LOOSER.has(name) ? ['before'] : ['before', 'after'];
}

/** The members of classes of people, each once: those of the directory by their positions, and others. */
function membersOf(proof: Proof, ...lists: readonly (readonly number[])[]): Pick<ProofRow, 'people' | 'others'> {
  const [only = []] = lists;
  const people: number[] = [];
  const others: Person[] = [];
  for (const who of lists.length === 1 ? only : new Set(lists.flat())) {
    for (const member of proof.people.classes[who]?.members ?? []) {
      const person = proof.people.values[member];
      if (person === undefined) continue;
      if (isCounted(person)) people.push(member);
      else others.push(person);
    }
  }
  return { people, others };
}

export function isCountedAt(proof: Proof, member: number): boolean {
  const person = proof.people.values[member];
  return person !== undefined && isCounted(person);
}

/** A policy and what becomes of it by itself, as if there were no other. */
export interface PolicyVerdict {
  readonly policyId: string;
  readonly displayName: string;
  readonly verdict: ProofVerdict;
}

/** The verdict on each policy of either world, alone; what others do may hide it, or show it. */
export function policyVerdicts(proof: Proof): PolicyVerdict[] {
  const { entries } = proof.union;
  const byId = Map.groupBy(entries.keys(), (at) => entries[at]?.id ?? '');
  return [...byId].map(([policyId, bits]) => {
    const of = (side: Side) => {
      const mask = emptyMask(entries.length);
      for (const at of bits) if (entries[at]?.[side] !== undefined) setBit(mask, at);
      return mask;
    };
    const root = proof.search.rootOf({ before: of('before'), after: of('after') });
    const codes = codesIn(proof, root);
    const displayName = entries[bits.at(-1) ?? 0]?.displayName ?? policyId;
    return { policyId, displayName, verdict: verdictOf(codes.map((code) => CHANGE_CLASSES[code] ?? 'unknown')) };
  });
}
