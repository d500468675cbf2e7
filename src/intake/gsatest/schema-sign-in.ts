import { z } from 'zod';
import { clientAppTypeOf } from '../sign-ins/facts/to-attempt.ts';
import { country, name, strict } from './schema-parts.ts';

const CLIENT_APP_TYPES = [
  'browser',
  'mobileAppsAndDesktopClients',
  'exchangeActiveSync',
  'easSupported',
  'other',
] as const;
const RISKS = ['none', 'low', 'medium', 'high', 'hidden'] as const;
const FLOWS = ['none', 'deviceCodeFlow', 'authenticationTransfer'] as const;

/** Words of `clientAppUsed` that the log knows; others of the kind are understood too. */
const CLIENT_APPS = [
  'Browser',
  'Mobile Apps and Desktop clients',
  'Exchange ActiveSync',
  'Exchange ActiveSync (supported)',
  'Other clients',
  'Authenticated SMTP',
  'AutoDiscover',
  'Exchange Online PowerShell',
  'Exchange Web Services',
  'IMAP4',
  'MAPI Over HTTP',
  'Offline Address Book',
  'Outlook Anywhere (RPC over HTTP)',
  'Outlook Service',
  'POP3',
  'Reporting Web Services',
  'SMTP',
  'Universal Outlook',
];

/** Ways of writing how a sign-in reaches Entra. */
export const VIA_WORDS = {
  globalSecureAccess: 'globalSecureAccess',
  globalSecureAccessClient: 'globalSecureAccess',
  gsa: 'globalSecureAccess',
  client: 'globalSecureAccess',
  remoteNetwork: 'remoteNetwork',
  'remote-network': 'remoteNetwork',
  direct: 'direct',
} as const;
type ViaWord = keyof typeof VIA_WORDS;

export const via = z.enum(Object.keys(VIA_WORDS) as [ViaWord, ...ViaWord[]]);

export const USER_ACTIONS = {
  registerSecurityInformation: 'urn:user:registersecurityinfo',
  registerOrJoinDevices: 'urn:user:registerdevice',
  'urn:user:registersecurityinfo': 'urn:user:registersecurityinfo',
  'urn:user:registerdevice': 'urn:user:registerdevice',
} as const;
type UserAction = keyof typeof USER_ACTIONS;

const attribute = z.union([z.string(), z.boolean(), z.array(z.string()), z.null()]);

const CONTROLS = [
  'mfa',
  'compliantDevice',
  'domainJoinedDevice',
  'approvedApplication',
  'compliantApplication',
  'passwordChange',
  'riskRemediation',
] as const;

const satisfied = z.union([
  z.array(z.enum(CONTROLS)).describe('everything that the session proves; `[]`: nothing yet'),
  strict({
    mfa: z.boolean().optional(),
    compliantDevice: z.boolean().optional(),
    domainJoinedDevice: z.boolean().optional(),
    approvedApplication: z.boolean().optional(),
    compliantApplication: z.boolean().optional(),
    passwordChange: z.boolean().optional(),
    riskRemediation: z.boolean().optional(),
    authenticationMethodCombination: z.string().optional().describe('such as `password,sms` or `fido2`'),
    termsOfUseAccepted: z.array(name).optional(),
    customAuthenticationFactors: z.array(name).optional(),
  }).describe('what is known of the session; what is left out is not known'),
]);

/** The members of `signIn`: ours, and those of Graph's `signIn` and `conditionalAccessWhatIf…` that say the same. */
export const signInShape = {
  user: name.optional().describe('user principal name, display name or id'),
  userPrincipalName: name.optional(),
  userId: name.optional(),
  servicePrincipal: name.optional().describe('a workload identity, by display name or id'),
  servicePrincipalId: name.optional(),
  app: name.optional().describe('the resource, by name or application id; `All`: one that no policy names'),
  resourceDisplayName: name.optional(),
  resourceId: name.optional(),
  userAction: z.enum(Object.keys(USER_ACTIONS) as [UserAction, ...UserAction[]]).optional(),
  authenticationContext: z
    .string()
    .regex(/^c[1-9]\d?$/i, { error: 'expected an authentication context, `c1` to `c99`' })
    .optional(),
  from: name.optional().describe('the user’s own public address: a name of `fixtures.addresses`, or an address'),
  ipAddress: name.optional(),
  country: country.optional().describe('of the user’s own address; `null`: none'),
  location: strict({ countryOrRegion: country }).optional(),
  path: name.optional().describe('a name of `fixtures.paths`, or `direct`, `globalSecureAccess`, `remoteNetwork`'),
  via: via.optional(),
  satisfied: satisfied.optional().describe('what the session has proven; left out: nothing yet'),
  externalUserType: z
    .enum([
      'none',
      'internalGuest',
      'b2bCollaborationGuest',
      'b2bCollaborationMember',
      'b2bDirectConnectUser',
      'otherExternalUser',
      'serviceProvider',
    ])
    .optional(),
  homeTenantId: name.optional(),
  clientAppUsed: z
    .string()
    .refine((text) => clientAppTypeOf(text) !== undefined, {
      error: 'unknown client app',
      params: { words: CLIENT_APPS },
    })
    .optional()
    .describe('such as `Browser`, as the sign-in log has it'),
  clientAppType: z.enum(CLIENT_APP_TYPES).optional(),
  devicePlatform: z.enum(['android', 'iOS', 'windows', 'windowsPhone', 'macOS', 'linux']).nullable().optional(),
  deviceDetail: z.looseObject({}).optional().describe('as the sign-in log has it'),
  device: z
    .record(z.string(), attribute)
    .nullable()
    .optional()
    .describe('attributes by the names of the device filter; what is left out is null; `null`: not registered'),
  riskLevelDuringSignIn: z.enum(RISKS).optional(),
  signInRiskLevel: z.enum(RISKS).optional(),
  userRiskLevel: z.enum(RISKS).optional(),
  servicePrincipalRiskLevel: z.enum(RISKS).optional(),
  insiderRiskLevel: z.enum(['none', 'minor', 'moderate', 'elevated']).optional(),
  authenticationFlow: z.enum(FLOWS).optional(),
  authenticationProtocol: z.enum([...FLOWS, 'deviceCode']).optional(),
  originalTransferMethod: z.enum(FLOWS).optional(),
  gpsCountryOrRegion: country.optional(),
  insideCorporateNetwork: z.boolean().optional(),
  canPerformMfa: z.boolean().optional(),
};

export const signIn = strict(signInShape);
export type SignInText = z.infer<typeof signIn>;
