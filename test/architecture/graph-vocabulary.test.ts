import type * as Graph from '@microsoft/microsoft-graph-types-beta';
import { expectTypeOf, test } from 'vitest';
import type { SignIn } from '../../src/core/conditional-access/record/sign-in.ts';
import type { CountryNamedLocation, IpNamedLocation } from '../../src/core/tenant/named-location.ts';
import type {
  ApplicationsCondition,
  ClientApplicationsCondition,
  ConditionalAccessPolicy,
  ConditionSet,
  DevicesCondition,
  GrantControls,
  LocationsCondition,
  PlatformsCondition,
  SessionControls,
  UsersCondition,
} from '../../src/core/tenant/policy.ts';

/** Members of ours that Microsoft's declarations do not have: a word of our own where Graph has one would show here. */
type Ours<Mine, Theirs> = Exclude<keyof Mine, keyof Theirs | '@odata.type'>;
/** The declared members of a type that also takes any other. */
type Declared<T> = { [K in keyof T as string extends K ? never : K]: T[K] };

/** Members of Graph’s beta that its published declarations do not have yet (reference conditional-access §1.2, §1.3). */
type NewerCondition = 'agentIdRiskLevels';
type NewerPrincipals =
  | 'includeAgentIdServicePrincipals'
  | 'excludeAgentIdServicePrincipals'
  | 'agentIdServicePrincipalFilter';

test('policies use the words of Microsoft Graph and no others', () => {
  expectTypeOf<Ours<ConditionalAccessPolicy, Graph.ConditionalAccessPolicy>>().toEqualTypeOf<never>();
  expectTypeOf<Ours<ConditionSet, Graph.ConditionalAccessConditionSet>>().toEqualTypeOf<NewerCondition>();
  expectTypeOf<Ours<ApplicationsCondition, Graph.ConditionalAccessApplications>>().toEqualTypeOf<never>();
  expectTypeOf<Ours<UsersCondition, Graph.ConditionalAccessUsers>>().toEqualTypeOf<never>();
  expectTypeOf<
    Ours<ClientApplicationsCondition, Graph.ConditionalAccessClientApplications>
  >().toEqualTypeOf<NewerPrincipals>();
  expectTypeOf<Ours<PlatformsCondition, Graph.ConditionalAccessPlatforms>>().toEqualTypeOf<never>();
  expectTypeOf<Ours<LocationsCondition, Graph.ConditionalAccessLocations>>().toEqualTypeOf<never>();
  expectTypeOf<Ours<DevicesCondition, Graph.ConditionalAccessDevices>>().toEqualTypeOf<never>();
  expectTypeOf<Ours<GrantControls, Graph.ConditionalAccessGrantControls>>().toEqualTypeOf<never>();
  expectTypeOf<Ours<SessionControls, Graph.ConditionalAccessSessionControls>>().toEqualTypeOf<never>();
});

test('named locations use the words of Microsoft Graph and no others', () => {
  expectTypeOf<Ours<IpNamedLocation, Graph.IpNamedLocation>>().toEqualTypeOf<never>();
  expectTypeOf<Ours<CountryNamedLocation, Graph.CountryNamedLocation>>().toEqualTypeOf<never>();
});

test('a sign-in is Graph’s, with the one member that no export carries', () => {
  expectTypeOf<Ours<Declared<SignIn>, Graph.SignIn>>().toEqualTypeOf<'sourceIpAddress'>();
});
