import type { CompiledTenant } from '../core/conditional-access/compile.ts';
import { compile } from '../core/conditional-access/compile.ts';
import type { Decision } from '../core/conditional-access/fast/decide.ts';
import { decide } from '../core/conditional-access/fast/decide.ts';
import { NumberedDecider } from '../core/conditional-access/fast/decide-numbered.ts';
import { createWriter } from '../core/conditional-access/fast/written.ts';
import { observingOptions } from '../core/conditional-access/observing.ts';
import type { JudgedSignIn, Setting, Verdict } from '../core/conditional-access/record/judged-sign-in.ts';
import {
  foundSignIn,
  seenWords,
  unreachedVerdict,
  verdictOf,
  withVerdict,
} from '../core/conditional-access/record/judged-sign-in.ts';
import { NumberedWords } from '../core/conditional-access/record/numbered-words.ts';
import type { Unreached } from '../core/conditional-access/record/reach.ts';
import type { LoggedSignIn, SignIn } from '../core/conditional-access/record/sign-in.ts';
import { overwritten, withWritten } from '../core/conditional-access/record/sign-in-record.ts';
import { UnreachedReasons } from '../core/conditional-access/record/unreached-reasons.ts';
import type { SignInAttempt } from '../core/signaling/attempt.ts';
import type { Observation } from '../core/signaling/observation.ts';
import { createObserver } from '../core/signaling/observe-again.ts';
import { Sights } from '../core/signaling/sights.ts';
import type { SignalingStatus, Tenant } from '../core/tenant/tenant.ts';
import type { ReadSignIn } from '../intake/types.ts';

/** Works out of each sign-in what Entra sees and decides; writes it into a log only when asked. */
export interface Judge {
  readonly compiled: CompiledTenant;
  see(attempt: SignInAttempt): Observation;
  /** What is decided of a sign-in, and whether by an address that stands in for the proxy's. */
  judge(signIn: Judging): Judgement;
  /** Why no policy was asked for it. */
  whyUnreached(signIn: Judging): Unreached | undefined;
  write(record: SignIn, attempt: SignInAttempt, observation: Observation): LoggedSignIn;
  /** A sign-in that no policy was asked for: it stands in the log as it was recorded. */
  writeUnreached(record: SignIn, unreached: Unreached): LoggedSignIn;
  /** What came of the sign-in, for a log that makes its record later. */
  judged(signIn: Findable, decision: Decision): Judged;
  /** The same of one that no policy was asked for. */
  judgedUnreached(record: SignIn, unreached: Unreached): Judged;
}

/** A sign-in, by the numbers of its parts where it has them. */
export type Judging = Pick<ReadSignIn, 'attempt' | 'numbered'>;

/** The same with what a log finds it by. */
export type Findable = Judging & Pick<ReadSignIn, 'record' | 'found'>;

export interface Judgement {
  readonly decision: Decision;
  readonly isLocatedByStandIn: boolean;
}

type Judged = Omit<JudgedSignIn, 'text' | 'isAsExported'>;

/** What stands in a log of each decision, which many sign-ins share. */
class Verdicts {
  readonly #setting: Setting;
  readonly #known = new WeakMap<Decision, Verdict>();
  readonly #unreached = new Map<Unreached, Verdict>();

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  of(decision: Decision): Verdict {
    const known = this.#known.get(decision);
    if (known !== undefined) return known;
    const verdict = verdictOf(this.#setting, decision);
    this.#known.set(decision, verdict);
    return verdict;
  }

  ofUnreached(reason: Unreached): Verdict {
    const verdict = this.#unreached.get(reason) ?? unreachedVerdict(this.#setting, reason);
    this.#unreached.set(reason, verdict);
    return verdict;
  }
}

/** Prepares a tenant once for judging many sign-ins under one signaling status. */
export function createJudge(tenant: Tenant, tenantSerial: number, signalingStatus: SignalingStatus): Judge {
  const compiled = compile(tenant);
  const write = createWriter(compiled);
  const setting = { signalingStatus, tenantSerial };
  const verdicts = new Verdicts(setting);
  const options = observingOptions(compiled);
  const see = createObserver(signalingStatus, options);
  const sights = new Sights(signalingStatus, options);
  const words = new NumberedWords();
  const wordsOf = (attempt: SignInAttempt) => seenWords(see(attempt), attempt.network.source.address?.text);
  const decider = new NumberedDecider(compiled, (testimony) => testimony);
  const reasons = new UnreachedReasons(tenant.tenantId);
  return {
    compiled,
    see,
    judge: (signIn) => {
      const { numbered } = signIn;
      if (numbered !== undefined) {
        const sight = sights.of(numbered);
        return { decision: decider.decide(numbered, sight), isLocatedByStandIn: sight.standIn !== undefined };
      }
      const { attempt } = signIn;
      const seen = see(attempt);
      return { decision: decide(compiled, attempt, seen), isLocatedByStandIn: seen.standInAddress !== undefined };
    },
    whyUnreached: (signIn) => reasons.of(signIn),
    writeUnreached: (record, unreached) => ({
      record,
      replay: { signalingStatus, outcome: 'notReached', unreached, decidedBy: [], missing: [], tenantSerial },
    }),
    judged: (signIn, decision) => {
      const verdict = verdicts.of(decision);
      const { numbered, found } = signIn;
      const seen = numbered === undefined ? wordsOf(signIn.attempt) : words.of(numbered, sights.of(numbered));
      if (found !== undefined) return { tenant, verdict, seen, found: foundSignIn(found, seen) };
      return { tenant, verdict, seen, found: { record: withVerdict(signIn.record, verdict, seen), replay: verdict } };
    },
    judgedUnreached: (record, unreached) => {
      const verdict = verdicts.ofUnreached(unreached);
      return { tenant, verdict, seen: undefined, found: { record, replay: verdict } };
    },
    write: (record, attempt, observation) => {
      const made = write(attempt, observation);
      const { outcome, decidedBy, missing } = made;
      const written = withWritten(record, made, observation);
      const source = attempt.network.source.address;
      return {
        record: source === undefined ? written : { ...written, sourceIpAddress: source.text },
        replay: {
          ...{ signalingStatus, outcome, decidedBy, missing, tenantSerial },
          recorded: overwritten(record, written),
        },
      };
    },
  };
}
