import type { Bool, Context } from 'z3-solver';
import type { SmallCompany, SmallPlace, SmallPolicy } from './small-company.ts';
import { APPS, CLIENTS, GROUPS, PEOPLE, PLATFORMS } from './small-company.ts';

/**
 * A second opinion on proofs: the same questions as formulas for an SMT solver. It shares nothing with the product, neither its
 * conditions nor its address index; it was written from the documents (conditions, locations, the table of what Entra sees).
 */

export type Z3 = Context<'main'>;
type Formula = Bool<'main'>;

/** Everything that a sign-in is, as unknowns. */
export interface SignInUnknowns {
  readonly person: ReturnType<Z3['Int']['const']>;
  readonly app: ReturnType<Z3['Int']['const']>;
  readonly platform: ReturnType<Z3['Int']['const']>;
  readonly client: ReturnType<Z3['Int']['const']>;
  readonly isTunnelled: Formula;
  readonly isInsideCorporateNetwork: Formula;
  readonly hasMfa: Formula;
  readonly source: Address;
  readonly egress: Address;
}

type Address = ReturnType<Z3['BitVec']['const']>;

export interface SolverWorld {
  readonly company: SmallCompany;
  readonly signalingStatus: 'enabled' | 'disabled';
}

/** Addresses that the internet cannot see (IANA's special-purpose registry), and where the service leaves from (its documents). */
const NOT_PUBLIC = ['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'];
const NOT_PUBLIC_EITHER = ['192.0.0.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '224.0.0.0/3'];
const EGRESS = ['128.94.0.0/19', '151.206.0.0/16'];

export class Question {
  readonly #z3: Z3;
  readonly signIn: SignInUnknowns;

  constructor(z3: Z3) {
    this.#z3 = z3;
    const { Int, Bool, BitVec } = z3;
    this.signIn = {
      person: Int.const('person'),
      app: Int.const('app'),
      platform: Int.const('platform'),
      client: Int.const('client'),
      isTunnelled: Bool.const('tunnelled'),
      isInsideCorporateNetwork: Bool.const('inside'),
      hasMfa: Bool.const('mfa'),
      source: BitVec.const('source', 32),
      egress: BitVec.const('egress', 32),
    };
  }

  /** What every sign-in keeps to: one of the people, an application or another one, addresses that there are. */
  get isSignIn(): Formula {
    const { And, Not, Implies } = this.#z3;
    const { person, app, platform, client, source, egress, isTunnelled } = this.signIn;
    return And(
      person.ge(0),
      person.lt(PEOPLE.length),
      app.ge(0),
      app.le(APPS.length),
      platform.ge(0),
      platform.le(PLATFORMS.length),
      client.ge(0),
      client.lt(CLIENTS.length),
      Not(this.#within(source, [...NOT_PUBLIC, ...NOT_PUBLIC_EITHER])),
      this.#within(egress, EGRESS),
      Implies(isTunnelled, Not(this.#within(source, EGRESS))),
    );
  }

  /** How bad the outcome is: 3 blocked, 2 denied (legacy clients cannot answer a prompt), 1 interrupted, 0 granted. */
  severity(world: SolverWorld) {
    const { If, And, Not, Int } = this.#z3;
    const [blocks, asks] = [this.#someApplies(world, 'block'), this.asksMfa(world)];
    const isLegacy = this.signIn.client.eq(CLIENTS.indexOf('other'));
    const prompted = If(And(asks, Not(this.signIn.hasMfa)), Int.val(1), Int.val(0));
    return If(blocks, Int.val(3), If(And(asks, isLegacy), Int.val(2), prompted));
  }

  asksMfa(world: SolverWorld): Formula {
    return this.#someApplies(world, 'mfa');
  }

  #someApplies(world: SolverWorld, grant: SmallPolicy['grant']): Formula {
    const { Or, Bool } = this.#z3;
    const meant = world.company.policies.filter((policy) => policy.isEnforced && policy.grant === grant);
    return Or(Bool.val(false), ...meant.map((policy) => this.#applies(policy, world)));
  }

  #applies(policy: SmallPolicy, world: SolverWorld): Formula {
    const { And, Or, Not, Bool } = this.#z3;
    const { person, app, platform, client } = this.signIn;
    const isIn = (unknown: SignInUnknowns['person'], numbers: readonly number[]) =>
      Or(Bool.val(false), ...numbers.map((number) => unknown.eq(number)));
    const among = (all: readonly number[] | 'all') => (all === 'all' ? Bool.val(true) : undefined);
    const members = (groups: readonly number[]) => groups.flatMap((group) => GROUPS[group] ?? []);
    const { people, groups, apps, platforms, clients, places } = policy;
    const place = (one: SmallPlace) => this.#isAt(one, world);
    return And(
      among(people.include) ?? isIn(person, [...(people.include as readonly number[]), ...members(groups.include)]),
      Not(isIn(person, [...people.exclude, ...members(groups.exclude)])),
      among(apps.include) ?? isIn(app, apps.include as readonly number[]),
      Not(isIn(app, apps.exclude)),
      platforms === undefined
        ? Bool.val(true)
        : And(
            among(platforms.include) ?? isIn(platform, platforms.include as readonly number[]),
            Not(isIn(platform, platforms.exclude)),
          ),
      clients === undefined ? Bool.val(true) : isIn(client, clients),
      places === undefined
        ? Bool.val(true)
        : And(
            places.include === 'all' ? Bool.val(true) : Or(Bool.val(false), ...places.include.map(place)),
            Not(Or(Bool.val(false), ...places.exclude.map(place))),
          ),
    );
  }

  /** With signaling on Entra sees the user's own address through the tunnel, and knows the network as compliant. */
  #isAt(place: SmallPlace, { company, signalingStatus }: SolverWorld): Formula {
    const { And, Or, Bool } = this.#z3;
    const { isTunnelled, isInsideCorporateNetwork } = this.signIn;
    if (place === 'compliant') return And(isTunnelled, Bool.val(signalingStatus === 'enabled'));
    const seen = this.#seen(signalingStatus);
    if (place !== 'trusted') return this.#within(seen, company.locations[place]?.ranges ?? []);
    const trusted = company.locations.flatMap(({ ranges, isTrusted }) => (isTrusted ? ranges : []));
    return Or(isInsideCorporateNetwork, this.#within(seen, [...trusted, ...company.mfaTrustedIps]));
  }

  #seen(signalingStatus: SolverWorld['signalingStatus']): Address {
    const { source, egress, isTunnelled } = this.signIn;
    return signalingStatus === 'enabled' ? source : this.#z3.If(isTunnelled, egress, source);
  }

  #within(address: Address, ranges: readonly string[]): Formula {
    const { And, Or, Bool } = this.#z3;
    const inOne = (range: string) => {
      const [first, last] = boundsOf(range);
      return And(address.uge(first), address.ule(last));
    };
    return Or(Bool.val(false), ...ranges.map(inOne));
  }
}

function boundsOf(range: string): readonly [first: number, last: number] {
  const [address = '', length = ''] = range.split('/');
  const first = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return [first, first + 2 ** (32 - Number(length)) - 1];
}
