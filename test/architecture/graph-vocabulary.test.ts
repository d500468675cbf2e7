import type * as Graph from '@microsoft/microsoft-graph-types-beta';
import { expectTypeOf, test } from 'vitest';
import type { SignIn } from '../../src/core/conditional-access/record/sign-in.ts';
import type { AnalysisReason, ConditionName } from '../../src/core/graph/conditions.ts';
import type { BUILT_IN_CONTROLS } from '../../src/core/graph/controls.ts';
import type { DEVICE_ATTRIBUTES } from '../../src/core/graph/device-attributes.ts';
import type { FactName, SIGN_IN_FACTS } from '../../src/core/graph/sign-in-facts.ts';
import type * as words from '../../src/core/graph/words.ts';
import type { CountryNamedLocation, IpNamedLocation } from '../../src/core/tenant/named-location.ts';
import type {
  ClientApplicationsCondition,
  ConditionalAccessPolicy,
  ConditionSet,
  GrantControls,
  SessionControls,
  UsersCondition,
} from '../../src/core/tenant/policy.ts';

/** Members of ours that Microsoft's declarations do not have: a word of our own where Graph has one would show here. */
type Ours<Mine, Theirs> = Exclude<keyof Mine, keyof Theirs | '@odata.type'>;
/** The declared members of a type that also takes any other. */
type Declared<T> = { [K in keyof T as string extends K ? never : K]: T[K] };

/** Members of Graph’s beta that its published declarations do not have yet (CSDL-beta). */
type NewerCondition = 'agentIdRiskLevels';
type NewerPrincipals =
  | 'includeAgentIdServicePrincipals'
  | 'excludeAgentIdServicePrincipals'
  | 'agentIdServicePrincipalFilter';

test('policies use the words of Microsoft Graph and no others', () => {
  expectTypeOf<Ours<ConditionalAccessPolicy, Graph.ConditionalAccessPolicy>>().toEqualTypeOf<never>();
  expectTypeOf<Ours<ConditionSet, Graph.ConditionalAccessConditionSet>>().toEqualTypeOf<NewerCondition>();
  expectTypeOf<
    Ours<NonNullable<ConditionSet['applications']>, Graph.ConditionalAccessApplications>
  >().toEqualTypeOf<never>();
  expectTypeOf<Ours<UsersCondition, Graph.ConditionalAccessUsers>>().toEqualTypeOf<never>();
  expectTypeOf<
    Ours<ClientApplicationsCondition, Graph.ConditionalAccessClientApplications>
  >().toEqualTypeOf<NewerPrincipals>();
  expectTypeOf<Ours<NonNullable<ConditionSet['platforms']>, Graph.ConditionalAccessPlatforms>>().toEqualTypeOf<never>();
  expectTypeOf<Ours<NonNullable<ConditionSet['locations']>, Graph.ConditionalAccessLocations>>().toEqualTypeOf<never>();
  expectTypeOf<Ours<NonNullable<ConditionSet['devices']>, Graph.ConditionalAccessDevices>>().toEqualTypeOf<never>();
  expectTypeOf<Ours<GrantControls, Graph.ConditionalAccessGrantControls>>().toEqualTypeOf<never>();
  expectTypeOf<Ours<SessionControls, Graph.ConditionalAccessSessionControls>>().toEqualTypeOf<never>();
});

test('named locations use the words of Microsoft Graph and no others', () => {
  expectTypeOf<Ours<IpNamedLocation, Graph.IpNamedLocation>>().toEqualTypeOf<never>();
  expectTypeOf<Ours<CountryNamedLocation, Graph.CountryNamedLocation>>().toEqualTypeOf<never>();
});

test('a sign-in is Graph’s, with the address that no export carries and the weight of a record for many', () => {
  expectTypeOf<Ours<Declared<SignIn>, Graph.SignIn>>().toEqualTypeOf<
    'sourceIpAddress' | 'addressGrouping' | 'signInCount' | 'userCount' | 'userIds'
  >();
});

/** The words of one of ours against Graph's: what each has that the other lacks, `unknownFutureValue` aside. */
type Against<Mine, Theirs> = {
  readonly ours: Exclude<Mine, Theirs>;
  readonly theirs: Exclude<Theirs, Mine | 'unknownFutureValue'>;
};
interface Same {
  readonly ours: never;
  readonly theirs: never;
}
/** Where a policy has one word more than a sign-in can be. */
interface PolicyAlone<Word> {
  readonly ours: never;
  readonly theirs: Word;
}
/** Where the published declarations are behind (CSDL-v1; agents: CSDL-beta). */
interface Newer<Word> {
  readonly ours: Word;
  readonly theirs: never;
}
type Each<Words extends readonly unknown[]> = Words[number];

test('the words of policies are those that Graph declares', () => {
  expectTypeOf<Against<words.PolicyState, Graph.ConditionalAccessPolicyState>>().toEqualTypeOf<Same>();
  expectTypeOf<Against<words.ClientAppType, Graph.ConditionalAccessClientApp>>().toEqualTypeOf<PolicyAlone<'all'>>();
  expectTypeOf<Against<words.DevicePlatform, Graph.ConditionalAccessDevicePlatform>>().toEqualTypeOf<
    PolicyAlone<'all'>
  >();
  expectTypeOf<Against<words.RiskLevel, Graph.RiskLevel>>().toEqualTypeOf<Same>();
  expectTypeOf<Against<(typeof words.INSIDER_RISK_LEVELS)[number], Graph.InsiderRiskLevel>>().toEqualTypeOf<Same>();
  expectTypeOf<Against<words.TransferMethod, Graph.ConditionalAccessTransferMethods>>().toEqualTypeOf<Same>();
  expectTypeOf<Against<words.TransferMethod, Graph.OriginalTransferMethods>>().toEqualTypeOf<Same>();
  expectTypeOf<
    Against<words.ExternalUserType, Graph.ConditionalAccessGuestOrExternalUserTypes>
  >().toEqualTypeOf<Same>();
  expectTypeOf<
    Against<Each<typeof words.MEMBERSHIP_KINDS>, Graph.ConditionalAccessExternalTenantsMembershipKind>
  >().toEqualTypeOf<Same>();
  expectTypeOf<Against<Each<typeof words.FILTER_MODES>, Graph.FilterMode>>().toEqualTypeOf<Same>();
  expectTypeOf<Against<(typeof BUILT_IN_CONTROLS)[number], Graph.ConditionalAccessGrantControl>>().toEqualTypeOf<
    Newer<'riskRemediation'>
  >();
});

test('the words of session controls are those that Graph declares', () => {
  expectTypeOf<
    Against<Each<typeof words.PERSISTENT_BROWSER_MODES>, Graph.PersistentBrowserSessionMode>
  >().toEqualTypeOf<Same>();
  expectTypeOf<
    Against<Each<typeof words.CLOUD_APP_SECURITY_TYPES>, Graph.CloudAppSecuritySessionControlType>
  >().toEqualTypeOf<Same>();
  expectTypeOf<Against<Each<typeof words.SIGN_IN_FREQUENCY_TYPES>, Graph.SigninFrequencyType>>().toEqualTypeOf<Same>();
  expectTypeOf<Against<Each<typeof words.FREQUENCY_INTERVALS>, Graph.SignInFrequencyInterval>>().toEqualTypeOf<Same>();
  expectTypeOf<
    Against<Each<typeof words.FREQUENCY_AUTHENTICATION_TYPES>, Graph.SignInFrequencyAuthenticationType>
  >().toEqualTypeOf<Same>();
  expectTypeOf<
    Against<Each<typeof words.CONTINUOUS_EVALUATION_MODES>, Graph.ContinuousAccessEvaluationMode>
  >().toEqualTypeOf<Same>();
});

test('the words of named locations and of the sign-in log are those that Graph declares', () => {
  expectTypeOf<
    Against<Each<typeof words.COUNTRY_LOOKUP_METHODS>, Graph.CountryLookupMethodType>
  >().toEqualTypeOf<Same>();
  expectTypeOf<Against<Each<typeof words.COMPLIANT_NETWORK_TYPES>, Graph.CompliantNetworkType>>().toEqualTypeOf<Same>();
  expectTypeOf<Against<ConditionName | 'none', Graph.ConditionalAccessConditions>>().toEqualTypeOf<Same>();
  expectTypeOf<Against<AnalysisReason, Graph.WhatIfAnalysisReasons>>().toEqualTypeOf<
    Newer<'agentIdRisk' | 'agentIdentities'>
  >();
  expectTypeOf<Against<Each<typeof words.USER_ACTIONS>['evaluate'], Graph.UserAction>>().toEqualTypeOf<Same>();
});

test('the attributes of a device are those that Graph declares for What If, ownership by its name in filters', () => {
  expectTypeOf<Against<keyof typeof DEVICE_ATTRIBUTES, keyof Graph.DeviceInfo>>().toEqualTypeOf<{
    readonly ours: 'deviceOwnership';
    readonly theirs: 'ownership';
  }>();
});

test('every fact of a sign-in is asked for by a member of Graph’s evaluate', () => {
  type Top<Pointer> = Pointer extends `/${infer Name}/${string}`
    ? Name
    : Pointer extends `/${infer Name}`
      ? Name
      : never;
  type Asked = Top<(typeof SIGN_IN_FACTS)[FactName]['evaluate']>;
  // Newer than the published declarations.
  expectTypeOf<Exclude<Asked, keyof Graph.SignInConditions>>().toEqualTypeOf<'agentIdRiskLevel'>();
});
