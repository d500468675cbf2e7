import type { Evaluation, PolicyEvaluation } from '../conditional-access/result.ts';
import { BUILT_IN_CONTROLS } from '../graph/controls.ts';
import { nearNames } from '../values/near-names.ts';
import type { Mismatch } from './result.ts';
import type { Scene } from './scene.ts';
import { resolveAddress, resolveLocation, resolvePolicy } from './scene.ts';
import type { Expectation, FilePath, SuiteProblem } from './suite.ts';

/** An expectation with every name found, ready to be compared many times. */
export interface Expected {
  readonly said: Expectation;
  readonly ipAddress: string | undefined;
  readonly globalSecureAccessIpAddress: string | undefined;
  readonly locations: readonly string[] | undefined;
  readonly decidedBy: readonly { readonly id: string; readonly displayName: string }[] | undefined;
  readonly policies: readonly { readonly id: string; readonly displayName: string; readonly result: string }[];
}

export function resolveExpectation(
  said: Expectation,
  scene: Scene,
  path: FilePath,
): { readonly expected: Expected } | { readonly problems: readonly SuiteProblem[] } {
  const problems: SuiteProblem[] = [];
  const address = (member: 'ipAddress' | 'globalSecureAccessIpAddress') => {
    const text = said[member];
    if (text === undefined) return undefined;
    const resolved = resolveAddress(scene, text, [...path, member]);
    if ('value' in resolved) return resolved.value.address.text;
    problems.push(resolved.problem);
    return undefined;
  };
  const named = <T>(found: { readonly value: T } | { readonly problem: SuiteProblem }): T[] => {
    if ('value' in found) return [found.value];
    problems.push(found.problem);
    return [];
  };
  const expected: Expected = {
    said,
    ipAddress: address('ipAddress'),
    globalSecureAccessIpAddress: address('globalSecureAccessIpAddress'),
    locations: said.locations?.flatMap((text, at) =>
      named(resolveLocation(scene, text, [...path, 'locations', at])).map(({ displayName }) => displayName),
    ),
    decidedBy: said.decidedBy?.flatMap((text, at) => named(resolvePolicy(scene, text, [...path, 'decidedBy', at]))),
    policies: Object.entries(said.policies ?? {}).flatMap(([text, result]) =>
      named(resolvePolicy(scene, text, [...path, 'policies', text])).map(({ id, displayName }) => ({
        id,
        displayName,
        result,
      })),
    ),
  };
  problems.push(...controlProblems(said, scene, [...path, 'controls']));
  return problems.length === 0 ? { expected } : { problems };
}

/** Controls that Graph knows, and whatever else the policies of the tenant ask for. */
function controlProblems({ controls }: Expectation, { compiled }: Scene, path: FilePath): SuiteProblem[] {
  const asked = compiled.policies.flatMap(({ grant }) => grant.controls.map(controlName));
  const known = new Set([...BUILT_IN_CONTROLS, ...asked]);
  return (controls ?? []).flatMap((control, at) => {
    if (known.has(control)) return [];
    const [near] = nearNames(control, known);
    const hint = near === undefined ? `one of: ${[...known].join(', ')}` : `did you mean \`${near}\`?`;
    return [{ path: [...path, at], message: `no policy asks for \`${control}\``, hint }];
  });
}

function controlName({ control, displayName }: { readonly control: string; readonly displayName: string }): string {
  return control === 'authenticationStrength' ? displayName : control;
}

/** Everything of an evaluation that is not as expected, in the order in which the format documents the members. */
export function compare(expected: Expected, evaluation: Evaluation): Mismatch[] {
  const { said } = expected;
  const { observation, policies } = evaluation;
  const mismatches: Mismatch[] = [];
  const check = (member: keyof Expectation, matches: boolean, wanted: string, got: string) => {
    if (said[member] !== undefined && !matches) mismatches.push({ member, expected: wanted, got });
  };
  const same = (member: keyof Expectation, wanted: unknown, got: unknown) =>
    check(member, wanted === got, textOf(wanted), textOf(got));
  const sameSet = (member: keyof Expectation, wanted: readonly string[] = [], got: readonly string[]) =>
    check(member, sorted(wanted) === sorted(got), listOf(wanted), listOf(got));

  check(
    'outcome',
    said.outcome?.includes(evaluation.outcome) === true,
    (said.outcome ?? []).join(' or '),
    evaluation.outcome,
  );
  same('ipAddress', expected.ipAddress, observation.ipAddress?.text);
  same('countryOrRegion', said.countryOrRegion, observation.countryOrRegion);
  same('isThroughGlobalSecureAccess', said.isThroughGlobalSecureAccess, observation.isThroughGlobalSecureAccess);
  same(
    'globalSecureAccessIpAddress',
    expected.globalSecureAccessIpAddress,
    observation.globalSecureAccessIpAddress?.text,
  );
  same('compliantNetwork', said.compliantNetwork, observation.compliantNetwork);
  sameSet('locations', expected.locations, locationsOf(evaluation));
  sameSet(
    'decidedBy',
    expected.decidedBy?.map(({ displayName }) => displayName),
    decidingOf(evaluation).map(({ displayName }) => displayName),
  );
  sameSet('controls', said.controls, controlsOf(evaluation));
  sameSet('sessionControls', said.sessionControls, evaluation.sessionControls);
  same('errorCode', said.errorCode, evaluation.status.errorCode);
  same('conditionalAccessStatus', said.conditionalAccessStatus, evaluation.conditionalAccessStatus);
  same('authenticationRequirement', said.authenticationRequirement, evaluation.authenticationRequirement);
  sameSet('missing', said.missing, [...new Set(evaluation.missing.map(({ fact }) => fact))]);
  return [...mismatches, ...policyMismatches(expected, policies), ...reasonMismatches(said, policies)];
}

function policyMismatches(expected: Expected, policies: readonly PolicyEvaluation[]): Mismatch[] {
  return expected.policies.flatMap(({ id, displayName, result }) => {
    const got = policies.find(({ policyId }) => policyId === id)?.result ?? 'not evaluated';
    return got === result ? [] : [{ member: `policies.${displayName}`, expected: result, got }];
  });
}

function reasonMismatches({ because = [] }: Expectation, policies: readonly PolicyEvaluation[]): Mismatch[] {
  const reasons = policies.flatMap(({ conditions }) => conditions.map(({ because: reason }) => reason));
  return because
    .filter((text) => !reasons.some((reason) => reason.includes(text)))
    .map((text) => ({ member: 'because', expected: text, got: nearNames(text, reasons)[0] ?? 'no such reason' }));
}

/** Whether the answer hangs on facts that are missing, rather than being another one. */
export function isUndecided(mismatches: readonly Mismatch[]): boolean {
  return (
    mismatches.some(({ member, got }) => member === 'outcome' && got === 'unknown') ||
    mismatches.every(({ got }) => got === 'unknown' || got === NOT_KNOWN)
  );
}

const NOT_KNOWN = 'not known';

/** The policies that made the outcome what it is, in the tenant's order. */
export function decidingOf({ decidedBy, policies }: Evaluation): readonly PolicyEvaluation[] {
  return policies.filter(({ policyId }) => decidedBy.includes(policyId));
}

/** What the deciding policies ask for and the session does not have; `block` for a block. */
function controlsOf(evaluation: Evaluation): string[] {
  const open = decidingOf(evaluation).flatMap(({ controls }) => controls.filter(({ satisfied }) => satisfied !== true));
  return [...new Set(open.map(controlName))];
}

export function locationsOf({ networkLocationDetails }: Evaluation): string[] {
  return networkLocationDetails.flatMap(({ networkNames }) => networkNames);
}

function sorted(list: readonly string[]): string {
  return JSON.stringify([...new Set(list)].sort());
}

function listOf(list: readonly string[]): string {
  return list.length === 0 ? 'none' : [...list].sort().join(', ');
}

function textOf(value: unknown): string {
  if (value === undefined) return NOT_KNOWN;
  return value === null ? 'none' : String(value);
}
