import { DEVICE_PLATFORMS } from '../../graph/words.ts';
import type { PlatformsCondition } from '../../tenant/policy.ts';
import { texts } from '../../tenant/policy-words.ts';
import type { CompiledCondition } from '../facts/facts.ts';
import { compileEnumLists } from './enum-list.ts';
import { unmodelledEntries } from './unmodelled.ts';

/** Device platforms (D-COND). `all` also holds a platform that Entra does not recognise; no other value does. */
export function compilePlatforms(condition: PlatformsCondition | null | undefined): CompiledCondition | undefined {
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
    unmodelledEntries(condition, '/conditions/platforms', includes.length + excludes.length > 0),
  );
}
