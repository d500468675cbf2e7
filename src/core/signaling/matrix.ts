import type { SignalingStatus } from '../tenant/tenant.ts';
import type { Certainty, ChoiceId } from './choices.ts';
import type { ResourceKind } from './resource-kind.ts';
import { RESOURCE_KINDS } from './resource-kind.ts';

/**
 * How the traffic of one sign-in travels (WIN, FWD, REMOTE, LIM). On `ruleBypass` the rule of the row's own
 * resource is set to bypass; `clientIpv6` is a client whose traffic leaves over IPv6.
 */
export type PathKind =
  | 'client'
  | 'clientWithInternetProfile'
  | 'remoteNetwork'
  | 'direct'
  | 'clientDisabled'
  | 'clientIpv6'
  | 'ruleBypass'
  | 'explicitForwardProxy';

/**
 * The owner of the address that is seen: the user's own egress, Global Secure Access's, the private network connector's, or
 * nobody's.
 */
export type SeenAddress = 'source' | 'proxy' | 'connector' | 'none' | 'unknown';

export interface Seen {
  /** What Microsoft Entra evaluates and logs as `ipAddress`. */
  readonly entra: SeenAddress;
  /** What the resource's own endpoint sees; `none` where there is no other endpoint than Entra's. */
  readonly resource: SeenAddress;
  /** The compliant network check at the authentication plane, for a tunnel of this tenant. */
  readonly compliantNetwork: 'pass' | 'fail' | 'unknown';
}

/** One cell of the IP matrix. */
export interface MatrixRow {
  readonly path: PathKind;
  readonly resource: ResourceKind;
  readonly seen: Readonly<Record<SignalingStatus, Seen>>;
  /** The profile that carries the traffic to the resource; `null`: it leaves by the client's own route. */
  readonly trafficProfile: 'entra' | 'm365' | 'internet' | 'private' | null;
  readonly note: string;
  /** Keys of docs/sources.md. */
  readonly source: string;
  readonly certainty: Certainty;
  /** The choice that the cell rests on, and what the resource sees with signaling on when the setting is turned. */
  readonly choice?: { readonly id: ChoiceId; readonly resourceWhenTurned?: SeenAddress };
}

/** Paths on which the sign-in reaches Entra through Global Secure Access. */
const THROUGH: ReadonlySet<PathKind> = new Set<PathKind>(['client', 'clientWithInternetProfile', 'remoteNetwork']);

export function isThroughGlobalSecureAccess(path: PathKind): boolean {
  return THROUGH.has(path);
}

type Cell = Pick<MatrixRow, 'trafficProfile' | 'note' | 'source' | 'certainty' | 'choice'> & {
  /** What the resource sees: with signaling on, with signaling off. */
  readonly resource: readonly [on: SeenAddress, off: SeenAddress];
  readonly compliantNetwork?: Seen['compliantNetwork'];
};

/** Rows of a path through Global Secure Access: Entra sees the source with signaling on and the proxy with it off. */
function through(path: PathKind, cells: Readonly<Record<ResourceKind, Cell>>): MatrixRow[] {
  return RESOURCE_KINDS.map((resource) => {
    const {
      resource: [on, off],
      compliantNetwork = 'pass',
      ...rest
    } = cells[resource];
    const seen = {
      enabled: { entra: 'source', resource: on, compliantNetwork },
      disabled: { entra: 'proxy', resource: off, compliantNetwork: 'fail' },
    } as const;
    return { path, resource, seen, ...rest };
  });
}

/** Rows of a path beside Global Secure Access: Entra sees the source, the switch changes nothing. */
function beside(path: PathKind, cell: Omit<Cell, 'resource'>, resourceSeen: SeenAddress = 'source'): MatrixRow[] {
  return RESOURCE_KINDS.map((resource) => {
    const one = {
      entra: 'source',
      resource: resource === 'entraId' ? 'none' : resourceSeen,
      compliantNetwork: 'fail',
    } as const;
    return { path, resource, seen: { enabled: one, disabled: one }, ...cell };
  });
}

const ENTRA: Cell = {
  resource: ['none', 'none'],
  trafficProfile: 'entra',
  note: 'Entra evaluates and logs the restored address; with signaling off, the egress address of Global Secure Access.',
  source: 'SIR-2026; SEED; ZTA 25380; FWD (the Entra profile is on whenever any profile is)',
  certainty: 'documented',
};

const GRAPH: Cell = {
  resource: ['source', 'proxy'],
  trafficProfile: 'entra',
  note: 'Microsoft Graph gets the restored address as Entra does.',
  source: 'SIR-2026; SEED; FWD',
  certainty: 'documented',
};

const SHAREPOINT_OR_EXCHANGE: Cell = {
  resource: ['proxy', 'proxy'],
  trafficProfile: 'm365',
  note: 'The drafts of 2023 and 2024 name SharePoint and Exchange, every later text only Entra ID and Microsoft Graph.',
  source: '[C] SIR-2023, SIR-2024, CAE, STRICT, GDOC against SIR-2025, SEED, SIR-2026, TUT-SIR, LIM',
  certainty: 'contradicted',
  choice: { id: 'restoresSharePointAndExchange', resourceWhenTurned: 'source' },
};

const OTHER_MICROSOFT: Cell = {
  resource: ['proxy', 'proxy'],
  trafficProfile: 'm365',
  note: 'As for SharePoint and Exchange; the call and chat services of Teams ignore policies on addresses anyway (CAE).',
  source: '[C] GDOC, STRICT against SIR-2025, SEED, SIR-2026',
  certainty: 'contradicted',
};

const NOT_RESTORED_AT_THE_APP =
  'The address is never restored at a non-Microsoft application; the compliant network check at sign-in is the substitute.';

const SAAS_THROUGH: Cell = {
  resource: ['proxy', 'proxy'],
  trafficProfile: 'internet',
  note: NOT_RESTORED_AT_THE_APP,
  source: 'CAE; LIM; STRICT; POP; SEED (note on non-Microsoft applications); OVW, CN (check)',
  certainty: 'documented',
};

const SAAS_BESIDE: Cell = {
  resource: ['source', 'source'],
  trafficProfile: null,
  note: `Without the internet profile this traffic takes the client's own route. ${NOT_RESTORED_AT_THE_APP}`,
  source: 'FWD; MSP',
  certainty: 'inferred',
};

const PRIVATE_APP: Cell = {
  resource: ['connector', 'connector'],
  compliantNetwork: 'unknown',
  trafficProfile: 'private',
  note: 'Sessions begin at the private network connector; the compliant network check is not supported here.',
  source: 'ANCHOR; LIM',
  certainty: 'documented',
  choice: { id: 'compliantNetworkForPrivateApps' },
};

const CLIENT = {
  entraId: ENTRA,
  microsoftGraph: GRAPH,
  sharePointOrExchange: SHAREPOINT_OR_EXCHANGE,
  otherMicrosoft: OTHER_MICROSOFT,
  nonMicrosoftSaas: SAAS_BESIDE,
  privateApp: PRIVATE_APP,
} as const;

/** The same cell behind a remote network, where the restored address is presumably that of the branch. */
function behindRemoteNetwork(cell: Cell): Cell {
  const note = `${cell.note} The source is taken to be the branch's own public address.`;
  return {
    ...cell,
    note,
    source: `REMOTE; CN; ${cell.source}`,
    certainty: 'unverified',
    choice: cell.choice ?? REMOTE_CHOICE,
  };
}

const REMOTE_CHOICE = { id: 'remoteNetworkRestoredAddress' } as const;

const DIRECT: Omit<Cell, 'resource'> = {
  trafficProfile: null,
  note: 'Not through Global Secure Access: the switch makes no difference, and the compliant network check fails.',
  source: 'TUT-CN; CN',
  certainty: 'documented',
};

/** The IP matrix: one row for each path and each resource. Everything that `observe` says comes from here. */
export const MATRIX: readonly MatrixRow[] = [
  ...through('client', CLIENT),
  ...through('clientWithInternetProfile', { ...CLIENT, nonMicrosoftSaas: SAAS_THROUGH }),
  ...through('remoteNetwork', {
    entraId: behindRemoteNetwork(ENTRA),
    microsoftGraph: behindRemoteNetwork(GRAPH),
    sharePointOrExchange: behindRemoteNetwork(SHAREPOINT_OR_EXCHANGE),
    otherMicrosoft: behindRemoteNetwork(OTHER_MICROSOFT),
    nonMicrosoftSaas: { ...behindRemoteNetwork(SAAS_THROUGH), resource: ['unknown', 'unknown'] },
    privateApp: {
      resource: ['none', 'none'],
      compliantNetwork: 'unknown',
      trafficProfile: null,
      note: 'The private access profile has no remote networks: the gateway drops the traffic.',
      source: 'REMOTE',
      certainty: 'documented',
      choice: { id: 'compliantNetworkForPrivateApps' },
    },
  }),
  ...beside('direct', DIRECT),
  ...beside('clientDisabled', {
    ...DIRECT,
    note: `A disabled client sends nothing through the tunnel. ${DIRECT.note}`,
  }),
  ...beside('clientIpv6', {
    trafficProfile: null,
    note: 'The client tunnels IPv4 only; IPv6 goes straight to the network, and Entra sees the IPv6 address of the user.',
    source: 'LIM',
    certainty: 'documented',
    choice: { id: 'ipv6Bypass' },
  }),
  ...beside('ruleBypass', {
    trafficProfile: null,
    note: 'The traffic that the rule bypasses leaves by the own route; the internet profile does not pick it up.',
    source: 'MSP; LIM; TUT-INTRO',
    certainty: 'inferred',
  }),
  ...explicitForwardProxyRows(),
];

function explicitForwardProxyRows(): MatrixRow[] {
  const cell = {
    trafficProfile: null,
    note: 'Only internet traffic takes this proxy; Entra traffic must stay out of the PAC file, so the check fails.',
    source: 'LIM',
    certainty: 'documented',
  } as const;
  return beside('explicitForwardProxy', cell).map((row): MatrixRow => {
    if (row.resource !== 'nonMicrosoftSaas') return row;
    const proxied = { entra: 'source', resource: 'proxy', compliantNetwork: 'fail' } as const;
    return { ...row, trafficProfile: 'internet', seen: { enabled: proxied, disabled: proxied } };
  });
}

const ROWS: ReadonlyMap<PathKind, ReadonlyMap<ResourceKind, MatrixRow>> = new Map(
  [...new Set(MATRIX.map(({ path }) => path))].map((path) => [
    path,
    new Map(MATRIX.filter((row) => row.path === path).map((row) => [row.resource, row])),
  ]),
);

export function matrixRow(path: PathKind, resource: ResourceKind): MatrixRow {
  const row = ROWS.get(path)?.get(resource);
  if (row === undefined) throw new Error(`the IP matrix has no row for ${path} and ${resource}`);
  return row;
}
