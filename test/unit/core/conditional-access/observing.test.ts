import { describe, expect, test } from 'vitest';
import { compile } from '../../../../src/core/conditional-access/compile.ts';
import { observingOptions } from '../../../../src/core/conditional-access/observing.ts';
import { policy, tenant } from '../../../support/contoso.ts';

describe('a proxy whose address is not known', () => {
  const strict = (state: string, mode: string) =>
    policy({}, null, { state, sessionControls: { continuousAccessEvaluation: { mode } } });
  const standInOf = (...policies: ReturnType<typeof policy>[]) =>
    observingOptions(compile(tenant(policies))).proxyStandIn;

  test('has a stand-in, unless strict location enforcement compares the addresses themselves', () => {
    expect(standInOf()?.text).toMatch(/^(?:128\.94|151\.206)\./);
    expect(standInOf(strict('enabled', 'strictLocation'))).toBeUndefined();
    expect(standInOf(policy(), strict('enabled', 'strictLocation'))).toBeUndefined();
    expect(standInOf(strict('disabled', 'strictLocation'))).toBeDefined();
    expect(standInOf(strict('enabled', 'disabled'))).toBeDefined();
  });
});
