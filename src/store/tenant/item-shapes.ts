import type { PolicyMember, PolicyMembers } from '../../core/graph/policy-members.ts';
import { POLICY_MEMBERS } from '../../core/graph/policy-members.ts';
import { isObject } from '../../core/values/is-object.ts';

/**
 * What code relies on without asking, of the items of a tenant file: that a list is a list and a text a text, wherever Graph
 * declares one. A missing member and `null` pass, and so does every member that is not named here. Import writes nothing
 * else (intake/import); this is for files that were edited by hand.
 */
export type Shape =
  | 'text'
  /** A text that must be there. */
  | 'name'
  /** A text where the member is there; never `null`. */
  | 'textIfThere'
  | 'texts'
  /** Flags of an enum: a text, or a list of texts. */
  | 'flags'
  | readonly [Members]
  | Members;

interface Members {
  readonly [member: string]: Shape;
}

function shapeOf(members: PolicyMembers): Members {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, member]) => {
      const shape = shapeOfMember(member);
      return shape === undefined ? [] : [[name, shape]];
    }),
  );
}

/** `undefined`: nothing relies on what it holds. */
function shapeOfMember(member: PolicyMember): Shape | undefined {
  switch (member.holds) {
    case 'members':
      return shapeOf(member.members);
    case 'filter':
      return { mode: 'text', rule: 'text' };
    case 'flags':
      return 'flags';
    case 'ids':
    case 'locations':
    case 'words':
    case 'texts':
      return 'texts';
    case 'word':
    case 'text':
    case 'time':
      return 'text';
    default:
      return undefined;
  }
}

const policy: Members = {
  displayName: 'name',
  state: 'name',
  createdDateTime: 'text',
  modifiedDateTime: 'text',
  deletedDateTime: 'text',
  ...shapeOf(POLICY_MEMBERS),
};

const namedLocation: Members = {
  '@odata.type': 'name',
  displayName: 'name',
  createdDateTime: 'text',
  modifiedDateTime: 'text',
  deletedDateTime: 'text',
  ipRanges: [{ cidrAddress: 'textIfThere', lowerAddress: 'textIfThere', upperAddress: 'textIfThere' }],
  countriesAndRegions: 'texts',
  countryLookupMethod: 'text',
};

/** The shape of an item, by the list of the tenant that holds it. */
export const ITEM_SHAPES = {
  policies: policy,
  namedLocations: namedLocation,
  users: {
    userPrincipalName: 'text',
    displayName: 'text',
    userType: 'text',
    externalUserType: 'text',
    homeTenantId: 'text',
  },
  groups: { displayName: 'text', members: 'texts' },
  roleDefinitions: { templateId: 'text', displayName: 'text' },
  servicePrincipals: { appId: 'text', displayName: 'text', appOwnerOrganizationId: 'text', signInAudience: 'text' },
  roleAssignments: { principalId: 'name', roleDefinitionId: 'name', directoryScopeId: 'name', status: 'name' },
} as const satisfies Record<string, Members>;

/** Members of the tenant that are lists of its own or single words; `null` is none of them. */
export const TENANT_SHAPES = {
  '': {
    roleAssignments: [ITEM_SHAPES.roleAssignments],
    mfaTrustedIps: 'texts',
    entraIdPlan: 'textIfThere',
    applicationGroups: {},
  },
  '/applicationGroups': { Office365: 'texts', MicrosoftAdminPortals: 'texts', GlobalSecureAccessResources: 'texts' },
  '/globalSecureAccess': {
    onboardingStatus: 'textIfThere',
    egressRanges: 'texts',
    forwardingProfiles: [{ id: 'name', state: 'name', trafficForwardingType: 'name' }],
  },
  '/settings': {
    defaultAdministrator: 'textIfThere',
    actingNetwork: { sourceIpAddress: 'textIfThere', via: 'textIfThere', proxyIpAddress: 'textIfThere' },
  },
} as const satisfies Record<string, Members>;

/** Says of each part of `value` that is not of the shape what it must be. `path` is the JSON Pointer of `value`. */
export function checkShape(
  value: unknown,
  shape: Shape,
  path: string,
  wrong: (path: string, message: string) => void,
): void {
  // Almost everything fits, and then nobody needs the paths of a million members.
  if (!fits(value, shape)) tellWhatIsWrong(value, shape, path, wrong);
}

/** Whether the value is of the shape. */
export function fits(value: unknown, shape: Shape): boolean {
  switch (shape) {
    case 'name':
      return typeof value === 'string';
    case 'textIfThere':
      return value === undefined || typeof value === 'string';
    case 'text':
      return value === undefined || value === null || typeof value === 'string';
    case 'flags':
      return typeof value === 'string' || fits(value, 'texts');
    case 'texts':
      return value === undefined || value === null || (Array.isArray(value) && value.every(isText));
    default:
      return value === undefined || value === null || fitsMembers(value, shape);
  }
}

function fitsMembers(value: unknown, shape: readonly [Members] | Members): boolean {
  if (isListShape(shape)) return Array.isArray(value) && value.every((each) => fitsObject(each, shape[0]));
  return fitsObject(value, shape);
}

function fitsObject(value: unknown, members: Members): boolean {
  if (!isObject(value)) return false;
  for (const name in members) {
    const shape = members[name];
    if (shape !== undefined && !fits(value[name], shape)) return false;
  }
  return true;
}

const isText = (value: unknown): value is string => typeof value === 'string';

function tellWhatIsWrong(
  value: unknown,
  shape: Shape,
  path: string,
  wrong: (path: string, message: string) => void,
): void {
  if (shape === 'name') {
    if (typeof value !== 'string') wrong(path, 'must be a text');
    return;
  }
  if (value === undefined) return;
  if (shape === 'textIfThere') {
    if (typeof value !== 'string') wrong(path, 'must be a text, or missing');
    return;
  }
  if (value === null) return;
  if (shape === 'text') {
    if (typeof value !== 'string') wrong(path, 'must be a text');
  } else if (shape === 'texts' || shape === 'flags') {
    if (shape === 'flags' && typeof value === 'string') return;
    if (!Array.isArray(value) || !value.every((each) => typeof each === 'string'))
      wrong(path, 'must be a list of texts');
  } else if (isListShape(shape)) {
    if (!Array.isArray(value)) wrong(path, 'must be a list');
    else for (const [at, item] of value.entries()) checkMembers(item, shape[0], `${path}/${at}`, wrong);
  } else checkMembers(value, shape, path, wrong);
}

function checkMembers(
  value: unknown,
  members: Members,
  path: string,
  wrong: (path: string, message: string) => void,
): void {
  if (!isObject(value)) {
    wrong(path, 'must be an object');
    return;
  }
  for (const [name, shape] of Object.entries(members)) {
    checkShape(value[name], shape, `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, wrong);
  }
}

function isListShape(shape: Members | readonly [Members]): shape is readonly [Members] {
  return Array.isArray(shape);
}
