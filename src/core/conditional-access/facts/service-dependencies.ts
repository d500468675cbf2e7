import type { Audience } from '../../signaling/attempt.ts';
import { INTUNE } from './well-known-applications.ts';

/**
 * Services that ask for others at sign-in: the policies of those must be satisfied before anybody gets in (SVCDEP, early-bound
 * only; the document says that its list is not exhaustive).
 */
interface ServiceDependency {
  readonly callers: readonly Audience[];
  readonly services: readonly Audience[];
}

const EXCHANGE: Audience = { appId: '00000002-0000-0ff1-ce00-000000000000', displayName: 'Office 365 Exchange Online' };
const SHAREPOINT: Audience = {
  appId: '00000003-0000-0ff1-ce00-000000000000',
  displayName: 'Office 365 SharePoint Online',
};
const TEAMS: Audience = { appId: 'cc15fd57-2c6c-4117-a88c-83b1d56b4bbe', displayName: 'Microsoft Teams Services' };
const REPORTING: Audience = { appId: '507bc9da-c4e2-40cb-96a7-ac90df92685c', displayName: 'Office365 Reports' };
const WINDOWS_365: Audience = { appId: '0af06dc6-e4b5-4f28-818e-e78e62d137a5', displayName: 'Windows 365' };
const MANAGEMENT: Audience = {
  appId: '797f4846-ba00-4fd7-ba43-dac1f8f63013',
  displayName: 'Windows Azure Service Management API',
};
const DIRECTORY: Audience = {
  appId: '00000002-0000-0000-c000-000000000000',
  displayName: 'Windows Azure Active Directory',
};

/** Ids of callers and services are among those of test/unit/core/conditional-access/facts/well-known-ids.test.ts. */
const DEPENDENCIES: readonly ServiceDependency[] = [
  {
    callers: [
      TEAMS,
      { appId: '1fec8e78-bce4-4aaf-ab1b-5451cc387264', displayName: 'Microsoft Teams' },
      { appId: '5e3ce6c0-2b1f-4285-8d4b-75ee78787346', displayName: 'Microsoft Teams Web Client' },
    ],
    services: [EXCHANGE, SHAREPOINT],
  },
  {
    callers: [{ appId: 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c', displayName: 'Azure Portal' }],
    services: [EXCHANGE, SHAREPOINT, REPORTING, WINDOWS_365],
  },
  {
    callers: [{ appId: '00000006-0000-0ff1-ce00-000000000000', displayName: 'Microsoft Office 365 Portal' }],
    services: [EXCHANGE, SHAREPOINT, TEAMS, REPORTING, WINDOWS_365],
  },
  {
    callers: [{ appId: 'c9a559d2-7aab-4f13-a6ed-e7e9c52aec87', displayName: 'Microsoft Forms' }],
    services: [EXCHANGE, SHAREPOINT],
  },
  {
    callers: [{ appId: '22098786-6e16-43cc-a27d-191a01a1e3b5', displayName: 'Microsoft To-Do' }],
    services: [EXCHANGE],
  },
  {
    callers: [{ appId: '475226c6-020e-4fb2-8a90-7a972cbfc1d4', displayName: 'PowerApps Service' }],
    services: [EXCHANGE, SHAREPOINT, MANAGEMENT, DIRECTORY],
  },
  {
    callers: [{ appId: '5926fc8e-304e-4f59-8bed-58ca97cc39a4', displayName: 'Microsoft Intune portal extension' }],
    services: [{ appId: INTUNE, displayName: 'Microsoft Intune' }],
  },
  {
    callers: [SHAREPOINT],
    services: [
      {
        appId: '08e18876-6177-487e-b8b5-cf950c1e598c',
        displayName: 'SharePoint Online Web Client Extensibility',
      },
    ],
  },
];

/** What a resource asks for with it, and by whom. */
export interface DependentService {
  readonly caller: string;
  readonly service: Audience;
}

const BY_CALLER: ReadonlyMap<string, readonly DependentService[]> = new Map(
  DEPENDENCIES.flatMap(({ callers, services }) =>
    callers.map(({ appId, displayName }) => [
      appId,
      services.map((service) => ({ caller: displayName ?? appId, service })),
    ]),
  ),
);

/** Services that these resources ask for at sign-in and that are not among them. */
export function dependentServices(audiences: readonly Audience[]): readonly DependentService[] {
  const asked = new Set(audiences.map(({ appId }) => appId.toLowerCase()));
  return [...asked].flatMap((appId) => BY_CALLER.get(appId) ?? []).filter(({ service }) => !asked.has(service.appId));
}
