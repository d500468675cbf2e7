import { GRANT_CONTROL_NAMES } from '../../../core/graph/controls.ts';
import { FACT_NAMES, factNamed } from '../../../core/graph/sign-in-facts.ts';
import type { Inline } from '../../view.ts';
import { code, dim } from '../../view.ts';

/** What a person can do about a fact that is missing, or that nothing helps; `undefined`: a fact of none of the kinds there are. */
export function helpFor(fact: string): Inline | undefined {
  return KINDS.find(([kind]) => kind.test(fact))?.[1];
}

const member = (...names: readonly string[]): Inline => [
  'export the sign-ins with ',
  ...names.flatMap((name, at) => [at === 0 ? '' : ' and ', code(name)]),
];
const request = (what: string): Inline => [`export ${what}: `, code('gsa import --requests')];
const supposed = (option: string): Inline => ['no record tells it; ', code(`gsa whatif ${option}`), ' supposes it'];
const traffic: Inline = [code('--gsa-traffic <file>')];
const untold: Inline = dim('nothing: no record tells it');
const undocumented: Inline = dim('nothing: it is documented nowhere');

/** Facts of a sign-in that a record has. */
const RECORDED: { readonly [fact: string]: Inline } = {
  mfa: member('authenticationDetails'),
  authenticationMethodCombination: member('authenticationDetails'),
  compliantDevice: member('deviceDetail'),
  domainJoinedDevice: member('deviceDetail'),
  devicePlatform: member('deviceDetail'),
  clientAppType: member('clientAppUsed'),
  signInRiskLevel: member('riskLevelDuringSignIn'),
  authenticationFlow: member('authenticationProtocol'),
  originalTransferMethod: member('originalTransferMethod'),
  'whether the session is bound to the device': member('tokenProtectionStatusDetails'),
  'strict location enforcement': member('ipAddressFromResourceProvider'),
  userId: member('userId'),
  servicePrincipalId: member('servicePrincipalId'),
  resource: member('resourceId'),
  authenticationContext: member('authenticationContextClassReferences'),
  userAction: member('authenticationContextClassReferences'),
  homeTenantId: member('homeTenantId'),
  externalUserType: member('crossTenantAccessType', 'userType'),
};

/** Facts that a sign-in has and no record, which only a question supposes. */
const SUPPOSED: readonly (readonly [fact: string, help: Inline])[] = [
  ...GRANT_CONTROL_NAMES.map((control) => [control, supposed(`--satisfied ${control}`)] as const),
  ...FACT_NAMES.map((fact) => {
    const { option } = factNamed(fact);
    return [fact, option === undefined ? untold : supposed(`--${option.name} <${option.value}>`)] as const;
  }),
];

const exactly = (fact: string) => new RegExp(`^${fact.replaceAll('.', '\\.')}$`);

/** Every kind of fact, with what helps; the first that fits. */
const KINDS: readonly (readonly [kind: RegExp, help: Inline])[] = [
  ...Object.entries(RECORDED).map(([fact, help]) => [exactly(fact), help] as const),
  ...SUPPOSED.map(([fact, help]) => [exactly(fact), help] as const),
  [/^device[ .]/, member('deviceDetail')],
  [/^countryOrRegion$/, [code('--proxy-country <code>'), ' or ', code('--countries <file.mmdb>')]],
  [/^gpsCountryOrRegion$/, supposed('--gps-country <code>')],
  [/^(ipAddress|compliantNetwork)$/, traffic],
  [/^mfaTrustedIps$/, [code('gsa tenant set --mfa-trusted-ips none'), ', or your ranges']],
  [/^(namedLocations?|readable ranges of|includeUnknownCountriesAndRegions of)\b/, request('the named locations')],
  [/^isTrusted of /, [code('gsa location trust <location>'), ', or ', code('gsa location untrust <location>')]],
  [/^(members of group|holders of role) /, request('groups and roles')],
  [/^whether the user is an agent$/, request('the users')],
  [
    /^(custom security attributes|appOwnerOrganizationId|signInAudience|blueprint|name of application|whether application) ?/,
    request('the service principals'),
  ],
  [/^id of the tenant$/, ['name it: ', code('gsa tenant set --tenant-id <id>')]],
  [
    /^(policies|operator|grantControls\.builtInControls|conditions\.|combinations that |combinationConfigurations of )/,
    request('the policies'),
  ],
  [/^readable filter rule: /, 'mend the rule in its policy'],
  [/^why .* was not satisfied$/, untold],
  [/^(acceptance of terms of use|custom control|keys or certificates that) /, untold],
  [/^whether (only baseline scopes were asked for$|.* asks for .* too$|.* was asked for anew$)/, untold],
  [
    /^meaning of (users|groups|roles|applications|servicePrincipals|tenants|authentication contexts) /,
    ['put the id in the place of the name: ', code('gsa check')],
  ],
  [/^(meaning of |whether All covers )/, undocumented],
];
