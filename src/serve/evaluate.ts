import type { CompiledTenant } from '../core/conditional-access/compile.ts';
import { compile } from '../core/conditional-access/compile.ts';
import { evaluate } from '../core/conditional-access/evaluate.ts';
import { analyze } from '../core/conditional-access/what-if/answer.ts';
import type { WhatIfRequest } from '../core/conditional-access/what-if/request.ts';
import { readWhatIfRequest } from '../core/conditional-access/what-if/request.ts';
import type { Tenant } from '../core/tenant/tenant.ts';
import { whatIfRequestOf } from '../intake/what-if-file.ts';
import { GsaError } from '../trouble/error.ts';
import type { Answer, Call } from './call.ts';
import { entity } from './call.ts';
import { badRequest } from './graph-error.ts';
import { policyIn } from './versions.ts';
import type { World } from './world.ts';

/** A tenant is compiled once; each change makes another one. */
const COMPILED = new WeakMap<Tenant, CompiledTenant>();

/** `POST identity/conditionalAccess/evaluate` (G-EVAL): what `gsa whatif --request` answers. */
export function evaluateSignIn(call: Call, { state }: World): Answer {
  const { tenant } = state.read();
  const compiled = COMPILED.get(tenant) ?? compile(tenant);
  COMPILED.set(tenant, compiled);
  const request = requestOf(call.body());
  const { attempt, observation } = readWhatIfRequest(request);
  const evaluation = evaluate(compiled, attempt, observation);
  const value = analyze(compiled, evaluation, attempt.target.kind, request.appliedPoliciesOnly === true);
  return {
    status: 200,
    body: entity(call, 'Collection(microsoft.graph.whatIfAnalysisResult)', {
      value: value.map((each) => policyIn(call.version, each)),
    }),
  };
}

function requestOf(body: unknown): WhatIfRequest {
  const nowhere = { value: body, findings: [], positionOf: () => ({ line: 1, column: 1 }) };
  try {
    return whatIfRequestOf(nowhere, 'the body');
  } catch (error) {
    if (!(error instanceof GsaError)) throw error;
    throw badRequest(error.message);
  }
}
