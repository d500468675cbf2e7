import type { Prerequisite } from '../signaling/prerequisites.ts';
import { prerequisites } from '../signaling/prerequisites.ts';
import type { SignalingStatus, Tenant } from '../tenant/tenant.ts';
import { analyseDependencies } from './analyse.ts';
import type { PolicyDependency } from './dependency.ts';
import { enforcedDependents } from './enforced.ts';
import type { OpenFact } from './open-facts.ts';
import { openFactsOfSwitch } from './open-facts.ts';

/** What has to be known before signaling is switched. */
export interface SwitchFindings {
  /** Policies whose enforcement the switch changes, or may change. */
  readonly dependents: readonly PolicyDependency[];
  readonly notKnown: readonly OpenFact[];
  /** Whether something is known to be missing that signaling needs. */
  readonly lacksPrerequisite: boolean;
  /** Prerequisites that are not met or not known, then what the dependencies warn of. */
  readonly warnings: readonly string[];
}

export function switchFindings(tenant: Tenant, to: SignalingStatus): SwitchFindings {
  const analysis = analyseDependencies(tenant);
  const dependents = enforcedDependents(analysis, to);
  const unmet = to === 'enabled' ? prerequisites(tenant).filter(({ holds }) => holds !== 'yes') : [];
  return {
    dependents,
    notKnown: openFactsOfSwitch(tenant, dependents, to),
    lacksPrerequisite: unmet.some(({ holds }) => holds === 'no'),
    warnings: [
      ...unmet.map(prerequisiteText),
      ...analysis.warnings
        // What is not known stands beside the dependents already, with what settles it.
        .filter(({ code, onSwitchTo }) => code !== 'unknownEffect' && (onSwitchTo === undefined || onSwitchTo === to))
        .map(({ message }) => message),
    ],
  };
}

function prerequisiteText({ name, holds, detail }: Prerequisite): string {
  return `${name}: ${holds === 'no' ? 'not met' : 'not known'}, ${detail}`;
}
