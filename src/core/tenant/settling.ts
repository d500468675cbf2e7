/** How a kind of fact that is not known becomes known. */
interface Settling {
  readonly fact: RegExp;
  /** Commands to type, in backticks, or what else an administrator does. */
  readonly says: string;
  /** What a check says instead: it reads folders of exports too, and tells by itself where a name stands in the place of an id. */
  readonly inCheck?: string;
}

const IMPORT_LOCATIONS = '`gsa import namedLocations.json --kind locations`';
const IMPORT_POLICIES = '`gsa import policies.json --kind policies`';

/** Every kind of fact that something settles; the first that fits. */
const SETTLINGS: readonly Settling[] = [
  {
    fact: /^mfaTrustedIps$/,
    says: '`gsa tenant set --mfa-trusted-ips none`, or your ranges in place of `none`',
    inCheck: '`gsa tenant set --mfa-trusted-ips none`, or a file with `{ "mfaTrustedIps": [] }` beside the export',
  },
  {
    fact: /^policies$/,
    says: `${IMPORT_POLICIES} with an export of all, or \`gsa tenant set --known policies\` where the tenant has no others`,
    inCheck: importOrKnown('policies'),
  },
  {
    fact: /^namedLocations$/,
    says: `${IMPORT_LOCATIONS} with an export of all, or \`gsa tenant set --known namedLocations\` where the tenant file has all`,
    inCheck: importOrKnown('namedLocations'),
  },
  { fact: /^id of the tenant$/, says: '`gsa tenant set --tenant-id <id>`' },
  { fact: /^onboardingStatus$/, says: '`gsa tenant set --onboarding-status onboarded`, or what it is' },
  { fact: /^createdDateTime$/, says: 'check the tenant file, which has it, instead of an export' },
  {
    fact: /^meaning of (users|groups|roles|applications|servicePrincipals|tenants|authentication contexts) /,
    says: `${IMPORT_POLICIES} with the id in the place of the name, which \`gsa check\` tells`,
    inCheck: '`gsa import policies.json` with the id in the place of the name',
  },
  { fact: /^namedLocation /, says: `${IMPORT_LOCATIONS} with an export that has it` },
  { fact: /^readable ranges of /, says: `${IMPORT_LOCATIONS} with the ranges put right` },
  {
    fact: /^includeUnknownCountriesAndRegions of /,
    says: `${IMPORT_LOCATIONS} with an export from Microsoft Graph, which has it`,
    inCheck: `${IMPORT_LOCATIONS} with an export from Microsoft Graph`,
  },
  { fact: /^isTrusted of /, says: '`gsa location trust <location>`, or `gsa location untrust <location>`' },
  { fact: /^egress ranges /, says: '`gsa tenant set --egress-ranges published`, or your own' },
  {
    fact: /^conditions\.locations\.(include|exclude)Locations$/,
    says: `${IMPORT_POLICIES} with an export from Microsoft Graph, which lists the locations`,
  },
  { fact: /^conditions\./, says: `${IMPORT_POLICIES} with an export from Microsoft Graph, which gives every list` },
  {
    fact: /^grantControls\.builtInControls$/,
    says: `${IMPORT_POLICIES} with an export from Microsoft Graph, which lists the controls`,
  },
  {
    fact: /^combinationConfigurations of /,
    says: `${IMPORT_POLICIES} with an export from Microsoft Graph, which gives them with each strength`,
  },
  { fact: /^(controls|lists) of /, says: '`gsa import policies.json` with an export from Microsoft Graph' },
];

/** What makes a fact of a sign-in's judgement known; `undefined`: nothing in a tenant tells it. */
export function settlingOf(fact: string): string | undefined {
  return kindOf(fact)?.says;
}

/** The same of the facts that a check lacks: what is none of the kinds is a list of the tenant. */
export function settlingInCheck(fact: string): string {
  const kind = kindOf(fact);
  return kind?.inCheck ?? kind?.says ?? importOrKnown(fact);
}

function kindOf(fact: string): Settling | undefined {
  return SETTLINGS.find((settling) => settling.fact.test(fact));
}

function importOrKnown(list: string): string {
  return `\`gsa import ${list}.json\`, or \`gsa tenant set --known ${list}\` where the tenant file has all`;
}
