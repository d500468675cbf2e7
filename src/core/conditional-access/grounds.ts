import { ID_LISTS } from '../graph/policy-rows.ts';
import { isName } from '../tenant/ids-of-lists.ts';
import { locationReferences } from '../tenant/location-references.ts';
import { mayHoldForOthers } from '../tenant/membership.ts';
import type { NamedLocation } from '../tenant/named-location.ts';
import {
  isCompliantNetworkNamedLocation,
  isCountryNamedLocation,
  isIpNamedLocation,
  looksUpByGps,
  unknownCountriesOf,
} from '../tenant/named-location.ts';
import type { ConditionalAccessPolicy } from '../tenant/policy.ts';
import { lower, texts } from '../tenant/policy-words.ts';
import type { AlikeValues } from '../values/alike-values.ts';
import { textOfJson } from '../values/same-json.ts';
import { valueAt } from '../values/value-at.ts';
import type { CompileContext } from './conditions/context.ts';
import type { CompiledLocation, CompiledRanges } from './facts/located.ts';
import type { Subject } from './facts/subject.ts';

/**
 * What leaves the conditions of a policy open, as texts: the conditions as they are written, and whatever the tenant says of the facts that
 * they lack. Two tenants leave the same open only where the texts are the same: of a group that holds another one whose members nobody
 * knows, or of a location whose range cannot be read, a fact tells the name alone.
 */
export class Grounds {
  readonly #context: CompileContext;
  readonly #lists: AlikeValues;
  readonly #known = new Map<ConditionalAccessPolicy, Map<string, string>>();

  /** `lists` is shared with the tenant that this one is compared with. */
  constructor(context: CompileContext, lists: AlikeValues) {
    this.#context = context;
    this.#lists = lists;
  }

  /** Of conditions on neither who signs in nor where from: applications that are named and not by their ids. */
  ofPolicy(policy: ConditionalAccessPolicy): string {
    const { baselineScopes } = this.#context.tenant.settings;
    return this.#once(policy, 'policy', () => [
      baselineScopes,
      this.#listsNamedIn(policy, '/conditions/applications/'),
    ]);
  }

  /** Of the condition on who signs in: the members that are not known of each group and role that it names, and whoever a name may mean. */
  ofIdentity(policy: ConditionalAccessPolicy): string {
    return this.#once(policy, 'identity', () => {
      const { includeGroups, excludeGroups, includeRoles, excludeRoles } = policy.conditions?.users ?? {};
      const named = (...lists: readonly unknown[]) => lists.flatMap(texts).map((id) => id.toLowerCase());
      return [
        named(includeGroups, excludeGroups).map((id) => this.#openGroupsIn(id)),
        named(includeRoles, excludeRoles).map((id) => this.#openHoldersOf(id)),
        this.#listsNamedIn(policy, '/conditions/users/'),
        this.#listsNamedIn(policy, '/conditions/clientApplications/'),
      ];
    });
  }

  /** Of the condition on where it comes from: what is not known of each location that it stands for. */
  ofLocation(policy: ConditionalAccessPolicy): string {
    return this.#once(policy, 'location', () => {
      const { locations } = this.#context;
      return locationReferences(policy, locations.catalog).map(({ kind, key }) => {
        if (kind === 'allTrusted') return this.#openTrusted();
        if (kind === 'mfaTrustedIps') return this.#openTrustedIps();
        const compiled = locations.byId.get(key);
        return compiled === undefined ? null : openOf(compiled);
      });
    });
  }

  #once(policy: ConditionalAccessPolicy, slot: string, ground: () => unknown): string {
    const texts = this.#known.get(policy) ?? new Map<string, string>();
    this.#known.set(policy, texts);
    const text = texts.get(slot) ?? textOfJson([policy.conditions, ground()]);
    texts.set(slot, text);
    return text;
  }

  /**
   * The lists of the tenant that hold what a name in the place of an id may stand for, where these members have one: as it may be any of
   * their objects, two tenants say the same of it only where they say the same of all.
   */
  #listsNamedIn(policy: ConditionalAccessPolicy, members: string): readonly number[] | undefined {
    const { tenant } = this.#context;
    const hasName = ID_LISTS.some(
      (list) =>
        list.pointer.startsWith(members) &&
        texts(valueAt(policy, list.pointer)).some((entry) => isName(tenant, list, entry)),
    );
    if (!hasName) return undefined;
    return NAMED_LISTS.map((list) => this.#lists.numberOf(tenant[list]));
  }

  /**
   * The groups inside a group, and itself, of which the tenant lists no members, as far as the tenant has them, and the members that may be
   * groups; `null`: it has not even this one.
   */
  #openGroupsIn(id: string): unknown {
    const { groups, index } = this.#context.people.memberships;
    if (!groups.has(id)) return null;
    if (!index.unknown.has(id)) return [];
    const [found, left] = [new Map<string, unknown>(), [id]];
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      const group = groups.get(next);
      if (found.has(next)) continue;
      if (group === undefined) {
        found.set(next, index.mayBeGroup(next) ? 'perhaps a group' : undefined);
        continue;
      }
      const { displayName, members, ...said } = group;
      found.set(next, Array.isArray(members) ? undefined : said);
      if (Array.isArray(members) && said.nestedGroups !== 'included') {
        left.push(...texts(members).map((member) => member.toLowerCase()));
      }
    }
    return sorted(found);
  }

  /** The holders of a role that may hold it for others. */
  #openHoldersOf(role: string): unknown {
    const { memberships } = this.#context.people;
    if (memberships.roles === undefined) return null;
    const holders = [...memberships.roles].flatMap(([id, held]) => (held.includes(role) ? [id] : []));
    return sorted(
      new Map(
        holders.filter((id) => mayHoldForOthers(memberships.index, id)).map((id) => [id, this.#openGroupsIn(id)]),
      ),
    );
  }

  #openTrusted(): unknown {
    const { list, isListKnown } = this.#context.locations;
    const trusted = list.filter(({ isTrusted }) => isTrusted !== false);
    const open = trusted.map((one) => [one.isTrusted === undefined ? lower(one.location.id) : undefined, openOf(one)]);
    return [isListKnown, open.filter(([id, said]) => id !== undefined || said !== undefined), this.#openTrustedIps()];
  }

  #openTrustedIps(): unknown {
    const { tenant, locations } = this.#context;
    if (locations.mfaTrustedIps === undefined) return null;
    return unreadOf(locations.mfaTrustedIps, tenant.mfaTrustedIps ?? []);
  }
}

const NAMED_LISTS = ['users', 'groups', 'roleAssignments', 'roleDefinitions', 'servicePrincipals'] as const;

/** What is not known of the kinds of user that a person can be; it is told of one who can be several. */
export function groundOfSubject(subject: Subject): string {
  return subject.kind === 'user' && subject.types.length > 1 ? subject.types.join() : '';
}

/** What of a location is not known; nothing of one that holds what is written. */
function openOf(compiled: CompiledLocation): unknown {
  const { location } = compiled;
  if (isIpNamedLocation(location)) return unreadOf(compiled, location.ipRanges);
  return isReadable(location) ? undefined : location;
}

function isReadable(location: NamedLocation): boolean {
  if (isCompliantNetworkNamedLocation(location)) return true;
  if (!isCountryNamedLocation(location)) return false;
  if (unknownCountriesOf(location) === undefined) return false;
  return looksUpByGps(location) || (lower(location.countryLookupMethod) ?? 'clientipaddress') === 'clientipaddress';
}

/** The ranges that nobody can read, as they are written. */
function unreadOf({ ranges }: CompiledRanges, written: readonly unknown[]): unknown {
  if (ranges.unread.length === 0) return undefined;
  return ranges.unread.map(({ at }) => textOfJson(written[at])).sort();
}

function sorted(found: ReadonlyMap<string, unknown>): unknown {
  return [...found].filter(([, said]) => said !== undefined).sort(([one], [other]) => (one < other ? -1 : 1));
}
