import type { TenantSettings } from '../tenant/tenant.ts';

export type ChoiceId =
  | 'restoresSharePointAndExchange'
  | 'globalSecureAccessIpAddressWhileRestored'
  | 'remoteNetworkRestoredAddress'
  | 'restorationAcrossTenants'
  | 'restorationForWorkloads'
  | 'restorationForLegacyProtocols'
  | 'compliantNetworkWhenDisabled'
  | 'compliantNetworkLocationLife'
  | 'compliantNetworkForPrivateApps'
  | 'ipv6Bypass'
  | 'microsoftProfilePrerequisite'
  | 'restorationOfNonMicrosoftApps'
  | 'bypassedRule'
  | 'mappedAddresses';

/** A question on which the sources disagree or are silent, and what `gsa` does about it (docs/fidelity.md lists these). */
export interface Choice {
  readonly id: ChoiceId;
  readonly question: string;
  /** What `gsa` does. */
  readonly answer: string;
  /** Keys of docs/sources.md, with what each says. */
  readonly sources: readonly string[];
  readonly certainty: Certainty;
  /** The tenant setting that turns it, where there is one. */
  readonly setting?: keyof TenantSettings;
}

/** `contradicted`: documents disagree; `inferred`: follows from documented facts; `unverified`: looked for and not found. */
export type Certainty = 'documented' | 'contradicted' | 'inferred' | 'unverified';

/** The choices of this room, which docs/fidelity.md lists. */
export const CHOICES: readonly Choice[] = [
  {
    id: 'restoresSharePointAndExchange',
    question: 'Do SharePoint Online and Exchange Online see the restored address?',
    answer: 'Not known, so that strict location enforcement is open there; the tenant setting says yes or no.',
    sources: [
      'yes: SIR-2023, SIR-2024, LIM (macOS tip), GDOC resource page; CAE and STRICT imply it',
      'no: SEED, SIR-2025, SIR-2026, TUT-SIR, LIM (Windows tip)',
    ],
    certainty: 'contradicted',
    setting: 'restoresSharePointAndExchange',
  },
  {
    id: 'globalSecureAccessIpAddressWhileRestored',
    question: 'With signaling on, does the log show the egress address of Global Secure Access?',
    answer: 'It is kept in the record beside the restored address; tables show it on request.',
    sources: ['yes: SIR-2024 (column), GDOC signin (globalSecureAccessIpAddress)', 'no: LIM ("isn\'t visible")'],
    certainty: 'contradicted',
  },
  {
    id: 'remoteNetworkRestoredAddress',
    question: 'Which address is restored for a remote network without the client?',
    answer: 'The source address of the sign-in, taken to be the public address of the branch (deviceLink.ipAddress).',
    sources: ['silent: REMOTE, CN; looked for and not found'],
    certainty: 'unverified',
  },
  {
    id: 'restorationAcrossTenants',
    question: 'Does the tunnel of another tenant restore the address for a sign-in to this one?',
    answer:
      'Not known, and never by the switch of this tenant; the tenant setting says yes or no. The compliant network check fails.',
    sources: ['check: CN, TUT-CN', 'address: silent'],
    certainty: 'unverified',
    setting: 'restoresForeignTunnels',
  },
  {
    id: 'restorationForWorkloads',
    question: 'Is the address restored for service principals and managed identities?',
    answer: 'As for users, when their traffic goes through Global Secure Access.',
    sources: ['silent: D-WI'],
    certainty: 'unverified',
  },
  {
    id: 'restorationForLegacyProtocols',
    question: 'Is the address restored for clients without modern authentication?',
    answer: 'As for every other client.',
    sources: ['silent: NET'],
    certainty: 'unverified',
  },
  {
    id: 'compliantNetworkWhenDisabled',
    question: 'What becomes of compliant network policies when signaling is disabled?',
    answer: 'The check fails for everyone; each policy is evaluated on that, so a block of everything else blocks.',
    sources: ['"might block": CN', '"stop enforcing": OPS', 'no signal arrives: ZTA 25380'],
    certainty: 'contradicted',
  },
  {
    id: 'compliantNetworkLocationLife',
    question: 'When does the compliant network location come and go?',
    answer: 'It is added when signaling is enabled, if it is missing, and stays when signaling is disabled.',
    sources: ['comes by itself: CN, G-CNNL', 'is posted separately: a comment in CIPP', 'stays: ZTA SampleReport'],
    certainty: 'contradicted',
  },
  {
    id: 'compliantNetworkForPrivateApps',
    question: 'Does the compliant network check pass for a Private Access application?',
    answer: 'Not known: it is documented as not supported.',
    sources: ['LIM'],
    certainty: 'documented',
  },
  {
    id: 'ipv6Bypass',
    question: 'What of a user whose address is IPv6?',
    answer: 'The traffic goes beside Global Secure Access on every path: Entra sees the IPv6 address, the check fails.',
    sources: ['the client tunnels IPv4 only: LIM', 'remote networks: silent'],
    certainty: 'inferred',
  },
  {
    id: 'microsoftProfilePrerequisite',
    question: 'Must the Microsoft traffic profile be enabled?',
    answer:
      'It is a prerequisite, as the page calls it: enabling is refused where it is known to be off. The evaluation does not ask for it.',
    sources: ['yes: SEED, SIR-2025, SIR-2026', 'Entra and Graph are acquired with any profile: FWD'],
    certainty: 'contradicted',
  },
  {
    id: 'restorationOfNonMicrosoftApps',
    question: 'Is there restoration for non-Microsoft applications?',
    answer: 'Never at the application; the compliant network check at sign-in is the substitute.',
    sources: ['note: SEED, SIR-2025', 'removed by PR2011', 'not known to them: LIM, CAE'],
    certainty: 'inferred',
  },
  {
    id: 'bypassedRule',
    question: 'What does Entra see of a sign-in to a resource whose forwarding rule is set to bypass?',
    answer: 'The traffic that the rule bypasses is direct, the sign-in included; the check fails for it.',
    sources: ['MSP, LIM, TUT-INTRO: the traffic leaves by its own route'],
    certainty: 'inferred',
  },
  {
    id: 'mappedAddresses',
    question: 'What is an IPv4-mapped IPv6 address?',
    answer: 'Its IPv4 address, in sign-ins and in ranges; otherwise it would slip past every IPv4 range.',
    sources: ['silent'],
    certainty: 'unverified',
  },
];
