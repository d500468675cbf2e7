import type { SignIn } from '../../core/conditional-access/record/sign-in.ts';

/** Joni Sherman of Finance, in the sample tenant. */
const USER = { id: 'a0000000-0000-4000-8000-000000000011', userPrincipalName: 'joni.sherman@contoso.com' };
const EXCHANGE = { id: '00000002-0000-0ff1-ce00-000000000000', displayName: 'Office 365 Exchange Online' };

/**
 * One person at headquarters, through the tunnel, three times: the picture of the documentation's sign-in log, where the
 * address changes with the setting. As exported under each setting: Entra sees the user's address, the proxy's, the user's.
 */
export function demoSignIn(number: number, createdDateTime: string): SignIn {
  return {
    id: `d0000000-0000-4000-8000-00000000000${number}`,
    createdDateTime,
    userId: USER.id,
    userPrincipalName: USER.userPrincipalName,
    userType: 'member',
    appId: 'd3590ed6-52b3-4102-aeff-aad2292ab01c',
    appDisplayName: 'Microsoft Office',
    resourceId: EXCHANGE.id,
    resourceDisplayName: EXCHANGE.displayName,
    clientAppUsed: 'Browser',
    isInteractive: true,
    signInEventTypes: ['interactiveUser'],
    isThroughGlobalSecureAccess: true,
    sourceIpAddress: '203.0.113.25',
    globalSecureAccessIpAddress: '151.206.10.7',
    ipAddress: '203.0.113.25',
    location: { city: 'Amsterdam', countryOrRegion: 'NL' },
    authenticationRequirement: 'multiFactorAuthentication',
    status: {
      errorCode: 0,
      failureReason: 'Other.',
      additionalDetails: 'MFA requirement satisfied by claim in the token',
    },
    deviceDetail: { deviceId: '', operatingSystem: 'Windows 11', isCompliant: false, isManaged: false, trustType: '' },
    riskLevelDuringSignIn: 'none',
    riskLevelAggregated: 'none',
  };
}
