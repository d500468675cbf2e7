import { z } from 'zod';
import type { GrantControl } from '../../core/graph/controls.ts';
import { GRANT_CONTROL_NAMES } from '../../core/graph/controls.ts';
import type { FactName, SIGN_IN_FACTS, SignInFacts, WordOf } from '../../core/graph/sign-in-facts.ts';
import { FACT_NAMES, factNamed } from '../../core/graph/sign-in-facts.ts';
import { EXTERNAL_USER_TYPES, TRANSFER_METHODS, USER_ACTIONS } from '../../core/graph/words.ts';
import { clientAppTypeOf } from '../sign-ins/facts/to-attempt.ts';
import { country, name, strict } from './schema-parts.ts';

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

type UserAction = (typeof USER_ACTIONS)[number]['urn' | 'evaluate'];

/** Graph's evaluate has a word for each, policies a URN. */
export const ACTION_WORDS = Object.fromEntries([
  ...USER_ACTIONS.map(({ evaluate, urn }) => [evaluate, urn] as const),
  ...USER_ACTIONS.map(({ urn }) => [urn, urn] as const),
]) as Readonly<Record<UserAction, string>>;

const attribute = z.union([z.string(), z.boolean(), z.array(z.string()), z.null()]);

const proofs = Object.fromEntries(GRANT_CONTROL_NAMES.map((control) => [control, z.boolean().optional()])) as Readonly<
  Record<GrantControl, z.ZodOptional<z.ZodBoolean>>
>;

const satisfied = z.union([
  z.array(z.enum(GRANT_CONTROL_NAMES)).describe('everything that the session proves; `[]`: nothing yet'),
  strict({
    ...proofs,
    authenticationMethodCombination: z.string().optional().describe('such as `password,sms` or `fido2`'),
    termsOfUseAccepted: z.array(name).optional(),
    customAuthenticationFactors: z.array(name).optional(),
  }).describe('what is known of the session; what is left out is not known'),
]);

/** The facts that are words of Graph's, and the members of a record that say the same. */
const facts = Object.fromEntries(
  FACT_NAMES.flatMap((fact) => {
    const { words, nullable, alias } = factNamed(fact);
    const known: z.ZodType = nullable === undefined ? z.enum(words) : z.enum(words).nullable();
    return [...(alias === undefined ? [] : [alias]), fact].map((member) => [member, known.optional()]);
  }),
) as FactShape;
type FactShape = {
  readonly [Fact in FactName]: z.ZodOptional<z.ZodType<Exclude<SignInFacts[Fact], undefined>>>;
} & { readonly [Fact in FactName as AliasOf<Fact>]: z.ZodOptional<z.ZodType<WordOf<Fact>>> };
type AliasOf<Fact extends FactName> = (typeof SIGN_IN_FACTS)[Fact] extends {
  readonly alias: infer Alias extends string;
}
  ? Alias
  : never;

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
  userAction: z.enum(Object.keys(ACTION_WORDS) as [UserAction, ...UserAction[]]).optional(),
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
  externalUserType: z.enum(EXTERNAL_USER_TYPES).optional(),
  homeTenantId: name.optional(),
  clientAppUsed: z
    .string()
    .refine((text) => clientAppTypeOf(text) !== undefined, {
      error: 'unknown client app',
      params: { words: CLIENT_APPS },
    })
    .optional()
    .describe('such as `Browser`, as the sign-in log has it'),
  ...facts,
  deviceDetail: z.looseObject({}).optional().describe('as the sign-in log has it'),
  device: z
    .record(z.string(), attribute)
    .nullable()
    .optional()
    .describe('attributes by the names of the device filter; what is left out is null; `null`: not registered'),
  authenticationProtocol: z.enum([...TRANSFER_METHODS, 'deviceCode']).optional(),
  gpsCountryOrRegion: country.optional(),
  insideCorporateNetwork: z.boolean().optional(),
  canPerformMfa: z.boolean().optional(),
};

export const signIn = strict(signInShape);
export type SignInText = z.infer<typeof signIn>;
