import { addressClasses } from '../core/fact-keys/address-classes.ts';
import { FactClasses } from '../core/fact-keys/fact-classes.ts';
import type { Change } from '../core/impact/change.ts';
import { kindOf, locationNamer } from '../core/impact/groups.ts';
import type { SignInAttempt } from '../core/signaling/attempt.ts';
import { assumeProxyCountry } from '../core/signaling/proxy-country.ts';
import type { Tenant } from '../core/tenant/tenant.ts';
import { plural } from '../core/values/plural.ts';
import type { ReadSignIn, SignInStream } from '../intake/types.ts';
import type { EngineGroups } from './engine-groups.ts';
import { engineGroups } from './engine-groups.ts';
import { GROUP_NAMES } from './fact-columns.ts';
import type { FactEngine, KeyPlan, KeyRow, Totals, Verdict } from './fact-engine.ts';
import { incomplete } from './incomplete.ts';
import type { KeyRun } from './key-run.ts';
import { NumberedTuples } from './numbered-tuples.ts';
import type { Item } from './witness-record.ts';
import { WitnessReader } from './witness-record.ts';

/** Sign-ins of an engine on their way through the forecast. */
export interface KeyStream {
  readonly totals: Totals;
  readonly keys: number;
  /** One weighed sign-in a key, for the ordinary forecast, which counts everything but groups and people. */
  readonly stream: SignInStream;
  /** To be told of each key what became of it. */
  readonly onChange: (signIn: ReadSignIn, change: Change) => void;
  /** After the stream: groups and people by what became of the keys. */
  readonly groups: () => Promise<EngineGroups>;
}

/**
 * Counts sign-ins where they lie: the engine numbers what they say, `gsa` classes it, the engine counts the keys, `gsa` judges each
 * key once, and the engine counts people and groups by the verdicts. No policy leaves `gsa`.
 */
export async function signInsOfKeys(engine: FactEngine, run: KeyRun): Promise<KeyStream> {
  const tenants = [...new Set([run.before.compiled, run.after.compiled])];
  const step = (name: string) => {
    run.interrupted.throwIfAborted();
    run.onStep(name);
  };
  step('counting sign-ins');
  const classes = new FactClasses(tenants);
  const totals = await engine.totals({ deviceIds: classes.uses('device') });
  step('reading what they say');
  const tuples = await numberedTuples(engine, classes, run);
  step('counting keys');
  const plan: KeyPlan = {
    classes: tuples.tables(),
    addresses: addressClasses(tenants),
    changes: changesWithin(totals, run),
  };
  const keys = await engine.keys(plan);
  step(`judging ${plural(keys.count, 'key')}`);
  const reader = new WitnessReader(tuples, run.facts, engine);
  const read = (row: KeyRow) => assumed(reader.read(row), run);
  const verdicts: Verdict[] = [];
  const locationOf = locationNamer(run.before.compiled);
  const outcomes = new Outcomes();
  let current: Pick<KeyRow, 'key' | 'signIns'> = { key: '', signIns: 0 };
  return {
    totals,
    keys: keys.count,
    stream: stream(),
    onChange: ({ record, attempt }, change) => {
      const { key, signIns } = current;
      verdicts.push({
        key,
        signIns,
        kind: kindOf(record, attempt),
        location: placeOf(attempt),
        ...outcomes.of(change),
      });
    },
    groups: () => {
      step('counting people');
      return engineGroups(engine, verdicts, { tuples, read, run });
    },
  };

  /** Each key is judged before the next one is asked for; the last one is followed by an error unless all sign-ins were in them. */
  async function* stream(): SignInStream {
    let [rows, counted] = [0, 0];
    for await (const row of keys.rows) {
      rows++;
      counted += row.signIns;
      current = row;
      yield read(row);
    }
    requireSame(totals.signIns - totals.repeated, counted);
    requireSame(keys.count, rows);
  }

  /** Where nobody names the place, sign-ins of one key may be in several countries. */
  function placeOf(attempt: SignInAttempt): string | undefined {
    const { id } = locationOf(attempt);
    return attempt.network.source.countryOrRegion != null && id.startsWith('outside ') ? undefined : id;
  }
}

/** What became of keys, each outcome once: many keys share one, and its list of policies may be long. */
class Outcomes {
  readonly #known = new Map<string, Pick<Verdict, 'class' | 'isStopped' | 'policies'>>();

  of({ class: kind, decidedBy, stoppedBy }: Change): Pick<Verdict, 'class' | 'isStopped' | 'policies'> {
    const text = JSON.stringify([kind, decidedBy, stoppedBy]);
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const policies = decidedBy.map((id) => ({ id, stops: stoppedBy.includes(id) }));
    const outcome = { class: kind, isStopped: stoppedBy.length > 0, policies };
    this.#known.set(text, outcome);
    return outcome;
  }
}

function assumed(item: Item, { proxyCountry }: KeyRun): Item {
  if (proxyCountry === undefined || 'skipped' in item) return item;
  return { signIn: { ...item.signIn, attempt: assumeProxyCountry(item.signIn.attempt, proxyCountry) } };
}

async function numberedTuples(engine: FactEngine, classes: FactClasses, run: KeyRun): Promise<NumberedTuples> {
  const tuples = new NumberedTuples(classes, run.proxyCountry);
  for (const group of GROUP_NAMES) {
    run.interrupted.throwIfAborted();
    tuples.take(group, await engine.tuples(group));
  }
  return tuples;
}

/** Policies and locations that changed while the sign-ins happened: records before and after speak of different ones. */
function changesWithin({ from, to }: Totals, { before }: KeyRun): readonly number[] {
  if (from === undefined || to === undefined) return [];
  const [first, last] = [Date.parse(from), Date.parse(to)];
  const changes = changesOf(before.tenant).filter((time) => !(time < first - DAY) && !(time > last + DAY));
  return [...new Set(changes)].sort((a, b) => a - b);
}

const DAY = 86_400_000;

function changesOf({ policies, namedLocations }: Tenant): readonly number[] {
  return [...policies, ...namedLocations].flatMap(({ modifiedDateTime, createdDateTime }) => {
    const changed = modifiedDateTime ?? createdDateTime;
    const time = typeof changed === 'string' ? Date.parse(changed) : Number.NaN;
    return Number.isNaN(time) ? [] : [time];
  });
}

function requireSame(expected: number, counted: number): void {
  if (expected !== counted) throw incomplete(expected, counted);
}
