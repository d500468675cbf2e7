import type { CompiledPolicy } from './compile.ts';
import type { SeverityRange } from './grant/effect.ts';
import type { PolicyEvaluation, Truth } from './result.ts';

/** A policy's evaluation with what only the combination of policies needs. */
export interface JudgedPolicy {
  readonly compiled: CompiledPolicy;
  readonly evaluation: PolicyEvaluation;
  readonly effect: SeverityRange;
  /** Application and identity both match: what `conditionalAccessStatus` asks (D-LOGD). */
  readonly isInScope: Truth;
}
