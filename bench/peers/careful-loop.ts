import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { SignInAttempt } from '../../src/core/signaling/attempt.ts';
import type { Tenant } from '../../src/core/tenant/tenant.ts';
import type { GeneratedSignIn } from '../generated-tenant.ts';
import { plainLoop, prepareSignIn } from '../plain-loop.ts';

/**
 * What an administrator with some care would write: `readline`, `JSON.parse`, and the loop of ../plain-loop.ts over the policies
 * of the tenant file. It knows only part of Conditional Access, so it has less to do than gsa.
 */
const [file = '', tenantFile = ''] = process.argv.slice(2);
const { tenant } = JSON.parse(readFileSync(tenantFile, 'utf8')) as { tenant: Tenant };
const judge = plainLoop(tenant);
const outcomes: Record<string, number> = {};
for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
  const record = JSON.parse(line) as Record<string, string>;
  const { userId = '', appId = '', ipAddress = '' } = record;
  const attempt = {
    clientAppType: record['clientAppUsed'] === 'Browser' ? 'browser' : 'mobileAppsAndDesktopClients',
    satisfied: { mfa: record['authenticationRequirement'] === 'multiFactorAuthentication' },
  } as unknown as SignInAttempt;
  const outcome = judge(prepareSignIn({ attempt, userId, appId, ipAddress } as GeneratedSignIn));
  outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
}
process.stdout.write(`${JSON.stringify(outcomes)}\n`);
