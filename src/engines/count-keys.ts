import type { ForecastCounts, ForecastRun } from '../replay/forecast.ts';
import { forecast } from '../replay/forecast.ts';
import { keepHeapSmall } from '../replay/heap-growth.ts';
import { withEngineGroups } from './engine-groups.ts';
import type { FactEngine } from './fact-engine.ts';
import type { KeyRun } from './key-run.ts';
import { signInsOfKeys } from './sign-ins-of-keys.ts';

/** What impact counts record by record, counted key by key; and how many keys there are. */
export async function countKeys(
  engine: FactEngine,
  run: ForecastRun,
  beside: Pick<KeyRun, 'facts' | 'proxyCountry' | 'onStep'>,
): Promise<{ readonly counts: ForecastCounts; readonly keys: number }> {
  keepHeapSmall();
  const { before, after, interrupted } = run;
  const signIns = await signInsOfKeys(engine, { before, after, interrupted, ...beside });
  const { totals, stream, onChange, keys } = signIns;
  const counts = await forecast(stream, {
    ...run,
    repeated: totals.repeated,
    contradicting: totals.contradicting,
    isGrouped: false,
    onChange,
  });
  return { counts: withEngineGroups(counts, await signIns.groups()), keys };
}
