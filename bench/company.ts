import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { generateSignIns } from '../test/support/generate-sign-ins.ts';
import { randomNumbers } from './generated-tenant.ts';

/** How large a company is. */
export interface CompanySize {
  readonly policies: number;
  readonly locations: number;
  /** Of all locations together, three IPv4 to one IPv6. */
  readonly ranges: number;
  readonly people: number;
}

/** The ordinary company, and the limits that Microsoft documents. */
export const MID: CompanySize = { policies: 50, locations: 50, ranges: 1_000, people: 20_000 };
export const BIG: CompanySize = { policies: 195, locations: 195, ranges: 390_000, people: 20_000 };

const GROUPS = 60;
const EXCHANGE = '00000002-0000-0ff1-ce00-000000000000';
const SHAREPOINT = '00000003-0000-0ff1-ce00-000000000000';
const NAMES = ['Zoë', 'José', 'Łukasz', 'Anna', 'Jürgen', 'Mei', 'Omar', 'Ingrid'];

const idOf = (letter: string, at: number) => `${letter}0000000-0000-4000-8000-${at.toString(16).padStart(12, '0')}`;
const many = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));

/** Writes a company as Graph lists into the folder, as an export would leave them. */
export async function writeCompany(folder: string, size: CompanySize, seed = 1): Promise<void> {
  const random = randomNumbers(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const lists = {
    'identity/conditionalAccess/policies': many(size.policies, (at) => policy(at, size, below)),
    'identity/conditionalAccess/namedLocations': many(size.locations, (at) => location(at, size, below)),
    users: many(size.people, person),
    groups: many(GROUPS, (at) => group(at, size, below)),
  };
  await mkdir(folder, { recursive: true });
  for (const [name, value] of Object.entries(lists)) {
    const list = { '@odata.context': `https://graph.microsoft.com/beta/$metadata#${name}`, value };
    await writeFile(join(folder, `${name.split('/').at(-1)}.json`), JSON.stringify(list));
  }
}

type Below = (limit: number) => number;

function policy(at: number, { locations }: CompanySize, below: Below): object {
  const isForAll = below(10) < 3;
  const groups = () => [idOf('b', below(GROUPS))];
  const named = () => idOf('c', below(Math.max(1, locations)));
  return {
    id: idOf('9', at),
    displayName: `CA${String(at).padStart(3, '0')} Zugriff für ${NAMES[at % NAMES.length]}`,
    state: below(10) < 8 ? 'enabled' : 'enabledForReportingButNotEnforced',
    conditions: {
      users: {
        includeUsers: isForAll ? ['All'] : [],
        includeGroups: isForAll ? [] : groups(),
        excludeGroups: groups(),
      },
      applications: { includeApplications: below(2) === 0 ? ['All'] : [EXCHANGE, SHAREPOINT] },
      clientAppTypes: ['all'],
      ...(below(10) < 7 ? { locations: { includeLocations: ['All'], excludeLocations: [named(), named()] } } : {}),
    },
    grantControls: {
      operator: 'OR',
      builtInControls: below(20) === 0 && !isForAll ? ['block'] : ['mfa', 'compliantDevice'],
    },
  };
}

function location(at: number, { ranges, locations }: CompanySize, below: Below): object {
  return {
    '@odata.type': '#microsoft.graph.ipNamedLocation',
    id: idOf('c', at),
    displayName: `Büro ${at}`,
    isTrusted: below(3) === 0,
    ipRanges: many(Math.ceil(ranges / locations), (number) =>
      number % 4 === 3
        ? { '@odata.type': '#microsoft.graph.iPv6CidrRange', cidrAddress: ipv6(below) }
        : { '@odata.type': '#microsoft.graph.iPv4CidrRange', cidrAddress: ipv4(below) },
    ),
  };
}

function ipv4(below: Below): string {
  const prefix = 18 + below(15);
  const word = (Math.floor((11 + below(190)) * 2 ** 24 + below(2 ** 24)) >>> (32 - prefix)) * 2 ** (32 - prefix);
  return `${[24, 16, 8, 0].map((shift) => Math.floor(word / 2 ** shift) % 256).join('.')}/${prefix}`;
}

const ipv6 = (below: Below): string => `2a0${below(10)}:${below(65536).toString(16)}:${below(65536).toString(16)}::/48`;

function person(at: number): object {
  const name = `${NAMES[at % NAMES.length]} ${at}`;
  return {
    id: idOf('a', at),
    displayName: name,
    userPrincipalName: `person${at}@contoso.example`,
    userType: 'Member',
    accountEnabled: true,
  };
}

function group(at: number, { people }: CompanySize, below: Below): object {
  const members = many(Math.ceil(people / 10), () => idOf('a', below(people)));
  return {
    id: idOf('b', at),
    displayName: `Gruppe ${at}`,
    securityEnabled: true,
    members: [...new Set(members)].map((id) => ({ '@odata.type': '#microsoft.graph.user', id })),
  };
}

/** Writes sign-ins of the company's people, in Graph's beta form, one a line; the applied policies make them as long as real ones. */
export async function writeSignIns(
  file: string,
  count: number,
  { people, policies }: CompanySize,
  seed = 1,
): Promise<void> {
  const random = randomNumbers(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const applied = many(Math.min(policies, 12), (at) => ({
    id: idOf('9', at),
    displayName: `CA${String(at).padStart(3, '0')} Zugriff`,
    enforcedGrantControls: [],
    enforcedSessionControls: [],
    result: 'notApplied',
    conditionsSatisfied: 'none',
    conditionsNotSatisfied: 'users',
  }));
  function* lines() {
    let left = count;
    for (const record of generateSignIns({ seed })) {
      if (left-- === 0) return;
      const at = below(people);
      const ipAddress = below(10) < 9 ? ipv4(below).split('/')[0] : `2a0${below(10)}:1:${below(9999)}::1`;
      const own = {
        userId: idOf('a', at),
        userPrincipalName: `person${at}@contoso.example`,
        userDisplayName: `${NAMES[at % NAMES.length]} ${at}`,
        ipAddress,
        appliedConditionalAccessPolicies: applied,
      };
      yield `${JSON.stringify({ ...record, ...own })}\n`;
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(file));
}
