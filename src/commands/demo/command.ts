import { analyseDependencies } from '../../core/dependencies/analyse.ts';
import { enforcedDependents } from '../../core/dependencies/enforced.ts';
import { applyPlan } from '../../core/tenant/plans/edit.ts';
import { planSignaling } from '../../core/tenant/plans/objects.ts';
import { sampleTenant } from '../../core/tenant/sample/sample.ts';
import type { SignalingStatus, Tenant } from '../../core/tenant/tenant.ts';
import { toAttempt } from '../../intake/sign-ins/facts/to-attempt.ts';
import { createJudge } from '../../replay/judge.ts';
import { defineCommand } from '../command.ts';
import { dependentPolicy } from '../dependents.ts';
import { examples } from '../examples.ts';
import { demoSignIn } from './sign-ins.ts';

/** On, off, on again: as in the documentation's picture of the sign-in log. */
const STORY: readonly { readonly status: SignalingStatus; readonly time: string }[] = [
  { status: 'enabled', time: '2026-01-15T08:00:00Z' },
  { status: 'disabled', time: '2026-01-15T08:20:00Z' },
  { status: 'enabled', time: '2026-01-15T08:40:00Z' },
];

export const command = defineCommand<[], object>({
  declare: (command) =>
    command
      .description(
        'Tells the story on the sample tenant, in memory: one person signs in with signaling on, off and on again; who would be ' +
          'locked out, why, and what to do before the switch. Your own tenant file is neither read nor written.',
      )
      .addHelpText('after', examples('gsa demo', 'gsa demo -o json')),
  run: async () => {
    const tenant = sampleTenant();
    const chapters = STORY.map(({ status, time }, at) => chapter(tenant, status, time, at));
    return {
      report: {
        kind: 'demo',
        data: {
          tenant: tenant.displayName,
          dependentPolicies: enforcedDependents(analyseDependencies(tenant), 'disabled').map((dependency) =>
            dependentPolicy(dependency, 'disabled'),
          ),
          value: chapters,
          policyNames: Object.fromEntries(tenant.policies.map(({ id, displayName }) => [id, displayName])),
        },
      },
    };
  },
});

function chapter(tenant: Tenant, status: SignalingStatus, time: string, at: number) {
  const switched = applyPlan(tenant, planSignaling(tenant, status, time, 'demo'));
  const record = demoSignIn(at, time);
  const attempt = toAttempt(record);
  const judge = createJudge(switched, at + 1, status);
  const logged = judge.write(record, attempt, judge.see(attempt));
  return { ...logged.record, replay: logged.replay };
}
