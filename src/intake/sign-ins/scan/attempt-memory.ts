import type { SignIn } from '../../../core/conditional-access/record/sign-in.ts';
import type { Address } from '../../../core/network/address.ts';
import { identityOf, subjectSaid } from '../facts/identity-of.ts';
import type { NetworkFacts, NetworkWords, RecordedAddress } from '../facts/network-path-of.ts';
import { addressOf, countryIn, isThroughIn, recordedAddressIn } from '../facts/network-path-of.ts';
import { reachOf } from '../facts/reach-of.ts';
import type { AttemptParts } from '../facts/to-attempt.ts';
import { clientOf, deviceFactsOf, flowsOf, riskOf, sessionOf, targetOf, testimonyIn } from '../facts/to-attempt.ts';
import { PartMemory } from './part-memory.ts';
import type { NumberedSignIn } from './part-reader.ts';
import { PartReader } from './part-reader.ts';
import { WorkloadMemory } from './workload-memory.ts';

/** The parts of attempts, each read once for the values that it is made of; addresses are nearly all different. */
export class AttemptMemory {
  readonly person = new PartMemory('person', identityOf);
  readonly said = new PartMemory('kind', subjectSaid);
  readonly workload = new WorkloadMemory();
  readonly target = new PartMemory('target', targetOf);
  readonly client = new PartMemory('client', clientOf);
  readonly device = new PartMemory('device', deviceFactsOf);
  readonly risk = new PartMemory('risk', riskOf);
  readonly flow = new PartMemory('flow', flowsOf);
  readonly session = new PartMemory('session', sessionOf);
  readonly testimony = new PartMemory('testimony', testimonyIn);
  readonly reach = new PartMemory('reach', reachOf);
  readonly through = new PartMemory('through', isThroughIn);
  readonly country = new PartMemory('location', countryIn);
  readonly recorded: PartReader<RecordedAddress>;
  readonly proxy = new PartReader(['globalSecureAccessIpAddress'], proxyIn);
  readonly stated = new PartReader(['sourceIpAddress'], statedIn);
  readonly resourceProvider = new PartReader(['ipAddressFromResourceProvider'], resourceProviderIn);

  constructor(facts: NetworkFacts) {
    this.recorded = new PartReader(['ipAddress'], (record) => recordedAddressIn(record, facts));
  }

  clear(): void {
    const { person, said, workload, target, client, device, risk, flow, session, testimony, reach } = this;
    const { through, country, recorded, proxy, stated, resourceProvider } = this;
    const parts = [person, said, workload, target, client, device, risk, flow, session, testimony, reach];
    for (const part of [...parts, through, country, recorded, proxy, stated, resourceProvider]) part.clear();
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
