import type { SignIn } from '../../../core/conditional-access/record/sign-in.ts';
import type { Address } from '../../../core/network/address.ts';
import { IDENTITY_MEMBERS, identityOf } from '../facts/identity-of.ts';
import type { NetworkFacts, NetworkWords, RecordedAddress } from '../facts/network-path-of.ts';
import { addressOf, countryIn, isThroughIn, recordedAddressIn } from '../facts/network-path-of.ts';
import { REACH_MEMBERS, reachOf } from '../facts/reach-of.ts';
import { MFA_MEMBERS } from '../facts/satisfied-of.ts';
import type { AttemptParts } from '../facts/to-attempt.ts';
import {
  CLIENT_MEMBERS,
  clientOf,
  DEVICE_MEMBERS,
  deviceFactsOf,
  FLOW_MEMBERS,
  flowsOf,
  RISK_MEMBERS,
  riskOf,
  sessionOf,
  TARGET_MEMBERS,
  TESTIMONY_MEMBERS,
  targetOf,
  testimonyIn,
} from '../facts/to-attempt.ts';
import type { NumberedSignIn } from './part-memory.ts';
import { PartMemory } from './part-memory.ts';

/** People that are remembered: two for each person of a company of thirty thousand. */
const MOST_PEOPLE = 65_536;

/** The parts of attempts, each read once for the values that it is made of. */
export class AttemptMemory {
  /** Of a person nobody asks with which application they sign in: one person is one part, and not one with each. */
  readonly person = new PartMemory<AttemptParts['identity']>(
    IDENTITY_MEMBERS.filter((name) => name !== 'appId'),
    identityOf,
    MOST_PEOPLE,
  );
  readonly workload = new PartMemory<AttemptParts['identity']>(IDENTITY_MEMBERS, identityOf);
  readonly target = new PartMemory<AttemptParts['target']>(TARGET_MEMBERS, targetOf);
  readonly client = new PartMemory<AttemptParts['client']>(CLIENT_MEMBERS, clientOf);
  readonly device = new PartMemory<AttemptParts['device']>(DEVICE_MEMBERS, deviceFactsOf);
  readonly risk = new PartMemory<AttemptParts['risk']>(RISK_MEMBERS, riskOf);
  readonly flow = new PartMemory<AttemptParts['flow']>(FLOW_MEMBERS, flowsOf);
  readonly session = new PartMemory<AttemptParts['session']>(MFA_MEMBERS, sessionOf);
  readonly testimony = new PartMemory<AttemptParts['testimony']>(TESTIMONY_MEMBERS, testimonyIn);
  readonly reach = new PartMemory<AttemptParts['reach']>(REACH_MEMBERS, reachOf);
  readonly recorded: PartMemory<RecordedAddress>;
  readonly proxy = new PartMemory<Address | undefined>(['globalSecureAccessIpAddress'], proxyIn);
  readonly stated = new PartMemory<Address | undefined>(['sourceIpAddress'], statedIn);
  readonly through = new PartMemory<boolean | undefined>(['isThroughGlobalSecureAccess'], isThroughIn);
  readonly resourceProvider = new PartMemory<Address | undefined>(
    ['ipAddressFromResourceProvider'],
    resourceProviderIn,
  );
  readonly country = new PartMemory<string | undefined>(['location'], countryIn);

  constructor(facts: NetworkFacts) {
    this.recorded = new PartMemory(['ipAddress'], (record) => recordedAddressIn(record, facts));
  }

  /** All of them but those of addresses, which are the same whatever is forgotten. */
  get parts(): readonly PartMemory<unknown>[] {
    const { person, workload, target, client, device, risk, flow, session, testimony, reach, through, country } = this;
    return [person, workload, target, client, device, risk, flow, session, testimony, reach, through, country];
  }

  clear(): void {
    const { recorded, proxy, stated, resourceProvider } = this;
    for (const part of [...this.parts, recorded, proxy, stated, resourceProvider]) part.clear();
  }

  identity(signIn: NumberedSignIn): AttemptParts['identity'] {
    const person = this.person.part(signIn);
    return person.kind === 'user' ? person : this.workload.part(signIn);
  }

  network(signIn: NumberedSignIn): NetworkWords {
    return {
      recorded: this.recorded.part(signIn),
      proxy: this.proxy.part(signIn),
      stated: this.stated.part(signIn),
      isThrough: this.through.part(signIn),
      resourceProvider: this.resourceProvider.part(signIn),
      country: this.country.part(signIn),
    };
  }
}

function proxyIn(record: Partial<SignIn>): Address | undefined {
  return addressOf(record.globalSecureAccessIpAddress);
}

function statedIn(record: Partial<SignIn>): Address | undefined {
  return addressOf(record.sourceIpAddress);
}

function resourceProviderIn(record: Partial<SignIn>): Address | undefined {
  return addressOf(record.ipAddressFromResourceProvider);
}
