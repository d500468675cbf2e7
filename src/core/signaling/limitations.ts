/** A known limitation of source IP restoration, and what of it `gsa` follows. */
export interface Limitation {
  /** Stable. */
  readonly id: string;
  readonly limitation: string;
  /** What `gsa` does about it. */
  readonly modelled: string;
  readonly isModelled: 'yes' | 'partly' | 'no';
  /** Keys of docs/sources.md. */
  readonly source: string;
}

/** The limitations that the documents name (LIM unless said otherwise), in the order of what they cost. */
export const LIMITATIONS: readonly Limitation[] = [
  {
    id: 'strictLocation',
    limitation:
      'Strict location enforcement with Global Secure Access blocks people despite an address in a trusted range.',
    modelled: 'The address at the resource is judged too; GSA005 and the warnings of a switch name the policies.',
    isModelled: 'yes',
    source: 'LIM; STRICT',
  },
  {
    id: 'ipv6',
    limitation: 'The client tunnels IPv4 only; IPv6 goes straight to the network.',
    modelled: 'Such a sign-in is seen with its own IPv6 address, and the compliant network check fails for it.',
    isModelled: 'yes',
    source: 'LIM',
  },
  {
    id: 'nonMicrosoftResources',
    limitation:
      'Only Microsoft resources evaluate policies on addresses by themselves; others do not know the original address.',
    modelled:
      'The address at a non-Microsoft application is the proxy’s, or the user’s own beside the internet profile.',
    isModelled: 'yes',
    source: 'LIM; CAE',
  },
  {
    id: 'proxyAddressHidden',
    limitation: 'With restoration on, the log shows the original address only; the proxy’s is not visible.',
    modelled:
      'A record that carries the proxy’s address keeps it; where it is missing, an address stands in where none makes a difference.',
    isModelled: 'partly',
    source: 'LIM against SIR-2024, GDOC signin',
  },
  {
    id: 'privateApplications',
    limitation: 'The compliant network check is not supported for Private Access applications.',
    modelled: 'Its answer for them is not known.',
    isModelled: 'yes',
    source: 'LIM',
  },
  {
    id: 'remoteNetworks',
    limitation: 'Policies on the traffic profiles are not enforced for remote networks without the client.',
    modelled:
      'Sign-ins over a remote network are judged as any other; policies on the traffic profiles are not told apart by it.',
    isModelled: 'no',
    source: 'LIM; UCA',
  },
  {
    id: 'explicitForwardProxy',
    limitation: 'Behind the explicit forward proxy Entra traffic stays out, so the compliant network check fails.',
    modelled: 'As `gsa signaling matrix --path explicitForwardProxy` has it; a record does not tell this path.',
    isModelled: 'partly',
    source: 'LIM',
  },
  {
    id: 'guests',
    limitation:
      'A guest whose client switched to the resource tenant keeps a Private Access tunnel only; CAE does not cover guests.',
    modelled:
      'Another tenant’s tunnel never passes the compliant network check; where it is not known whose it is, neither is the answer.',
    isModelled: 'partly',
    source: 'EXT; CN; CAE',
  },
  {
    id: 'nationalClouds',
    limitation: 'Not in GCC High, DoD and sovereign clouds; the Graph interface is in the global cloud only.',
    modelled: 'Every tenant is taken to be in the global cloud.',
    isModelled: 'no',
    source: 'LIM; GDOC',
  },
  {
    id: 'workloads',
    limitation: 'No document says whether addresses are restored for service principals and managed identities.',
    modelled: 'As for users, where their traffic goes through Global Secure Access; listed as a choice.',
    isModelled: 'partly',
    source: 'D-WI (silent)',
  },
  {
    id: 'delay',
    limitation: 'How long the switch takes to hold, and how long a session keeps its answer, is not documented.',
    modelled: 'The switch holds at once; tokens that were issued before are not followed.',
    isModelled: 'no',
    source: 'looked for and not found; CAE (up to a day for changes of policies)',
  },
];
