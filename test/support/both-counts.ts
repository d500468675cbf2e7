import { SelfCheck } from '../../src/core/impact/self-check.ts';
import type { World } from '../../src/core/impact/world.ts';
import { assumeProxyCountry } from '../../src/core/signaling/proxy-country.ts';
import { countKeys } from '../../src/engines/count-keys.ts';
import type { FactEngine } from '../../src/engines/fact-engine.ts';
import { readSignIns } from '../../src/intake/sign-ins/read-sign-ins.ts';
import type { SignInSource } from '../../src/intake/sign-ins/source-files.ts';
import type { SignInStream } from '../../src/intake/types.ts';
import type { ForecastCounts } from '../../src/replay/forecast.ts';
import { forecast } from '../../src/replay/forecast.ts';
import { SeenIds } from '../../src/replay/seen-ids.ts';

interface Worlds {
  readonly before: World;
  readonly after: World;
}

const NEVER = new AbortController().signal;

/** What impact counts record by record, and what it counts by the keys of an engine; examples are of any sign-in of their group. */
export async function bothCounts(
  engine: FactEngine,
  sources: readonly SignInSource[],
  worlds: Worlds,
  proxyCountry?: string,
) {
  const seen = new SeenIds();
  const [one, other] = [new SelfCheck(worlds.before), new SelfCheck(worlds.before)];
  const run = { ...worlds, signInId: undefined, interrupted: NEVER, onProgress: () => {} };
  const single = await forecast(assuming(readSignIns(sources), proxyCountry), {
    ...{ ...run, selfCheck: one },
    see: (id, content) => seen.see(id, content),
  });
  const { counts, keys } = await countKeys(
    engine,
    { ...run, selfCheck: other },
    { facts: {}, proxyCountry, onStep: () => {} },
  );
  return { direct: comparable(single, one), byKeys: comparable(counts, other), keys };
}

function comparable(counts: ForecastCounts, selfCheck: SelfCheck) {
  const agreement = selfCheck.agreement();
  return {
    ...counts,
    skipped: counts.skipped.map(({ reason, count }) => ({ reason, count })),
    groups: counts.groups.map(({ example: _, displayName: __, ...group }) => group).sort(byKey),
    agreement: {
      ...agreement,
      disagreements: agreement.disagreements.map(({ example: _, ...each }) => each).sort(byKey),
      outcomes: {
        ...agreement.outcomes,
        disagreements: agreement.outcomes.disagreements.map(({ example: _, ...each }) => each).sort(byKey),
      },
    },
  };
}

function byKey(a: object, b: object): number {
  const [one, other] = [JSON.stringify(a), JSON.stringify(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}

async function* assuming(stream: SignInStream, country: string | undefined): SignInStream {
  for await (const item of stream) {
    if (country === undefined || 'skipped' in item) {
      yield item;
      continue;
    }
    const { id, createdDateTime, record, format, marks, place, weight } = item.signIn;
    const attempt = assumeProxyCountry(item.signIn.attempt, country);
    const weighed = weight === undefined ? {} : { weight };
    yield { signIn: { id, createdDateTime, record, attempt, format, marks, place, ...weighed } };
  }
}
