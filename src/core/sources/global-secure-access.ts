import type { Source, Sources } from './source.ts';
import { entra, PAGE } from './source.ts';

const gsa = (page: string, title: string, read?: string, date?: string): Source =>
  entra(`global-secure-access/${page}`, title, read, date);

/** What is written of Global Secure Access and of source IP restoration. */
export const ON_GLOBAL_SECURE_ACCESS = {
  SEED: gsa(
    'how-to-source-ip-restoration.md',
    'Source IP restoration: the text that this project follows where others disagree',
    PAGE,
    '2025-09 to 2026-06',
  ),
  'SIR-2023': gsa(
    'how-to-source-ip-restoration.md',
    'Source IP restoration, private preview',
    'the draft of the preview',
    '2023-05-23',
  ),
  'SIR-2024': gsa('how-to-source-ip-restoration.md', 'Source IP restoration', 'commit 0b1bd45e', '2024-05-09'),
  'SIR-2025': gsa('how-to-source-ip-restoration.md', 'Source IP restoration', 'commit 03589cb8', '2025-09-30'),
  'SIR-2026': gsa('how-to-source-ip-restoration.md', 'Source IP restoration', 'a mirror of the page', '2026-06'),
  PR2011: {
    title: 'The change that gave the page on source IP restoration its text of 2026',
    address: 'MicrosoftDocs/entra-docs, pull request 2011',
    date: '2026-06-19',
    read: 'the pull request',
  },
  'TUT-INTRO': gsa(
    'tutorial-microsoft-traffic-introduction.md',
    'Tutorial on Microsoft traffic: introduction',
    PAGE,
    '2026-06-22',
  ),
  'TUT-SIR': gsa(
    'tutorial-microsoft-traffic-source-ip-restoration.md',
    'Tutorial on Microsoft traffic: source IP restoration',
    'commit 290f92ef',
    '2026-06-22',
  ),
  'TUT-CN': gsa(
    'tutorial-microsoft-traffic-compliant-network.md',
    'Tutorial on Microsoft traffic: compliant network',
    'commit 49feff33',
    '2026-06-22',
  ),
  CN: gsa('how-to-compliant-network.md', 'Compliant network check', 'commit 0563131b', '2024-12-23'),
  LIM: gsa('reference-current-known-limitations.md', 'Known limitations', 'a mirror of the page', '2026-09-29'),
  'D-GSALIM': gsa('reference-current-known-limitations.md', 'Known limitations', 'commit 00316808', '2025-03-12'),
  POP: gsa('reference-points-of-presence.md', 'Points of presence and address ranges', PAGE, '2026-03-13'),
  FWD: gsa('concept-traffic-forwarding.md', 'Traffic forwarding profiles', PAGE, '2026-01-12'),
  MSP: gsa('concept-microsoft-traffic-profile.md', 'Microsoft traffic profile'),
  OPS: gsa('how-to-operate-microsoft-traffic.md', 'Operating and monitoring Microsoft traffic', 'commit 2b90cdf9'),
  BREAK: gsa(
    'scripts/powershell-break-glass.md',
    'Script that takes Global Secure Access out of the way in an emergency',
    PAGE,
    '2026-03-16',
  ),
  REMOTE: gsa('concept-remote-network-connectivity.md', 'Remote network connectivity', PAGE, '2026-04-15'),
  OVW: gsa('overview-what-is-global-secure-access.md', 'What is Global Secure Access?', PAGE, '2026-04-15'),
  ANCHOR: gsa('source-ip-anchoring.md', 'Source IP anchoring', PAGE, '2026-02-21'),
  EXT: gsa('concept-external-user-access.md', 'External user access', PAGE, '2026-04-09'),
  RBAC: gsa('reference-role-based-permissions.md', 'Roles and permissions', PAGE, '2026-03-13'),
  RRC: gsa('reference-resources-change.md', 'Ids of the resources of Global Secure Access', PAGE, '2024-06-26'),
  WIN: gsa('how-to-install-windows-client.md', 'The client for Windows', PAGE, '2026-02-02'),
  'GH-DNS': {
    title: "Synthetic addresses of the client's DNS proxy",
    address: 'MicrosoftDocs/entra-docs, pull request 1432',
    read: 'the pull request, and reports of users',
  },
  ZTA: {
    title: 'Zero Trust Assessment: tests 25370, 25379, 25380 and the sample report',
    address: 'microsoft/zerotrustassessment, src/powershell/tests',
    date: '2026-08-01',
    read: 'commit 83a87007',
  },
  CIPP: {
    title:
      'CIPP, a tool that manages many tenants: how it posts the compliant network location, and its rows of policies',
    address: 'KelvinTegelaar/CIPP-API',
    read: 'the functions on Conditional Access',
  },
} as const satisfies Sources;
