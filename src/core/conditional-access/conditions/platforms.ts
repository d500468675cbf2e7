import { DEVICE_PLATFORMS } from '../../graph/words.ts';
import type { ConditionSet } from '../../tenant/policy.ts';
import { texts } from '../../tenant/policy-words.ts';
import type { CompiledCondition, Facts } from '../facts/facts.ts';
import { compileEnumLists } from './enum-list.ts';
import { lostEntries } from './lost-entries.ts';
import type { IncludeExclude } from './unmodelled.ts';
import { bothOf, unmodelledEntries } from './unmodelled.ts';

/** Device platforms (D-COND). `all` also holds a platform that Entra does not recognise; no other value does. */
export function compilePlatforms(conditions: ConditionSet): CompiledCondition | undefined {
  const condition = conditions.platforms;
  const includes = texts(condition?.includePlatforms);
  const excludes = texts(condition?.excludePlatforms);
  return compileEnumLists(
    {
      condition: 'devicePlatform',
      slot: 'devicePlatform',
      known: DEVICE_PLATFORMS,
      everything: 'all',
      rule: 'devicePlatform',
      everythingRule: 'allDevicePlatforms',
      fact: 'devicePlatform',
      read: ({ attempt }) => [attempt.devicePlatform],
    },
    includes,
    excludes,
    bothOf(
      unmodelledEntries(condition, '/conditions/platforms', includes.length + excludes.length > 0),
      lostPlatforms(conditions, includes.length + excludes.length > 0),
    ),
  );
}

/** A lost list; where nothing else is configured, whether the policy has the condition at all hangs on what was in it. */
function lostPlatforms(conditions: ConditionSet, isConfigured: boolean): IncludeExclude<Facts> {
  const { includes, excludes } = lostEntries<Facts>(conditions, 'platforms');
  return isConfigured ? { includes, excludes } : { includes: [...includes, ...excludes], excludes: [] };
}
