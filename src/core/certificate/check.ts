import type { SignInAttempt } from '../signaling/attempt.ts';
import { partOf } from '../values/plural.ts';
import type { Certificate, CertifiedLevel } from './certificate.ts';
import { CERTIFIED_LEVELS } from './certificate.ts';
import { overlapping, volumeOf, wholeVolume } from './cover.ts';
import { BoxJudge } from './judge-box.ts';
import { reactionOf } from './reaction.ts';
import { answersTo, sessionsOf } from './sessions.ts';
import type { Truths } from './truths.ts';
import { textOfTruths, truthsOf } from './truths.ts';
import { universeOf } from './universe.ts';
import type { CheckedWorlds } from './worlds.ts';

/** What is wrong with a certificate, in words. */
export interface CertificateFault {
  readonly kind: 'form' | 'classes' | 'cover' | 'claim';
  readonly message: string;
}

export interface CheckedCertificate {
  readonly faults: readonly CertificateFault[];
  readonly boxes: number;
  /** Boxes and parts of boxes that were judged, after splitting. */
  readonly judged: number;
  readonly classes: number;
}

/** Faults of one kind that are told; one is enough to refuse a certificate. */
const TOLD = 10;

/**
 * Checks a certificate by the evaluator alone: that its levels and columns hold everything there is, that its boxes are disjoint and make
 * up the whole, and that what each box claims is so.
 */
export function checkCertificate(certificate: Certificate, worlds: CheckedWorlds): CheckedCertificate {
  const form = formFaults(certificate);
  const counted = {
    boxes: certificate.boxes.length,
    classes: certificate.levels.reduce((sum, { classes }) => sum + classes.length, 0),
  };
  if (form.length > 0) return { ...counted, faults: form, judged: 0 };
  const truths = certificate.levels.map((level) => level.classes.map(({ part }) => truthsOf(worlds, level.name, part)));
  const judge = new BoxJudge(certificate, worlds, truths);
  const claims = certificate.boxes.flatMap(({ sets, claims: claimed }, at) =>
    judge
      .faultsOf(sets, claimed)
      .map((message): CertificateFault => ({ kind: 'claim', message: `box ${at}: ${message}` })),
  );
  const faults = [
    ...classFaults(certificate.levels, worlds, truths),
    ...columnFaults(certificate, worlds),
    ...coverFaults(certificate),
    ...claims,
  ];
  return { ...counted, faults, judged: judge.judged };
}

function formFaults({ levels, boxes, columns }: Certificate): CertificateFault[] {
  const fault = (message: string): CertificateFault => ({ kind: 'form', message });
  if (levels.map(({ name }) => name).join() !== CERTIFIED_LEVELS.join())
    return [fault('it does not have the levels of a sign-in')];
  if (columns.length === 0) return [fault('it has no columns')];
  return boxes
    .filter(
      ({ sets, claims }) =>
        sets.length !== levels.length ||
        claims.length !== columns.length ||
        sets.some(
          (set, level) =>
            set.length === 0 ||
            new Set(set).size < set.length ||
            set.some((at) => levels[level]?.classes[at] === undefined),
        ),
    )
    .slice(0, TOLD)
    .map(() => fault('a box does not fit the levels and columns'));
}

/** Everything that a level can hold must be like one of its classes to every policy of both worlds. */
function classFaults(
  levels: readonly CertifiedLevel[],
  worlds: CheckedWorlds,
  truths: readonly (readonly Truths[])[],
): CertificateFault[] {
  return levels.flatMap(({ name, classes }, level) => {
    const textOf = (of: Truths | undefined, part: Partial<SignInAttempt>) =>
      of === undefined ? '' : `${textOfTruths(of)} ${reactionOf(worlds, part)}`;
    const known = new Set(classes.map(({ part }, at) => textOf(truths[level]?.[at], part)));
    const faults: CertificateFault[] = [];
    for (const part of universeOf(worlds, name)) {
      if (known.has(textOf(truthsOf(worlds, name, part), part))) continue;
      faults.push({ kind: 'classes', message: `no class of \`${name}\` is like ${JSON.stringify(part)}` });
      if (faults.length === TOLD) break;
    }
    return faults;
  });
}

/** Whatever a session has proven must be answered as one of the columns is, by every grant of both worlds. */
function columnFaults({ columns }: Certificate, worlds: CheckedWorlds): CertificateFault[] {
  const fault = (message: string): CertificateFault => ({ kind: 'classes', message });
  const sessions = sessionsOf(worlds);
  if (sessions === undefined) return [fault('sessions can prove more than can be gone through')];
  const known = new Set(columns.map((column) => answersTo(worlds, column)));
  const faults: CertificateFault[] = [];
  for (const session of sessions) {
    if (known.has(answersTo(worlds, session))) continue;
    faults.push(fault(`no column is like a session with ${JSON.stringify(session)}`));
    if (faults.length === TOLD) break;
  }
  return faults;
}

function coverFaults({ boxes, levels }: Certificate): CertificateFault[] {
  const faults: CertificateFault[] = [];
  const pair = overlapping(
    boxes.map(({ sets }) => sets),
    levels.map(({ classes }) => classes.length),
  );
  if (pair !== undefined) faults.push({ kind: 'cover', message: `boxes ${pair.join(' and ')} share sign-ins` });
  const sum = boxes.reduce((total, { sets }) => total + volumeOf(sets), 0n);
  const whole = wholeVolume(levels.map(({ classes }) => classes.length));
  if (sum !== whole)
    faults.push({ kind: 'cover', message: `the boxes make up ${partOf(sum, whole, 'kind')} of sign-in` });
  return faults;
}
