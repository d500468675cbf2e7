import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Address } from '../../../../src/core/network/address.ts';
import { parseAddress } from '../../../../src/core/network/address.ts';
import type { NetworkPath, SignInAttempt, Target } from '../../../../src/core/signaling/attempt.ts';
import { NOTHING_TOLD } from '../../../../src/core/signaling/attempt.ts';
import type { Observation } from '../../../../src/core/signaling/observation.ts';
import type { ObserveOptions } from '../../../../src/core/signaling/observe.ts';
import {
  everyAddressTried,
  observe,
  observeOptions,
  supposingOptions,
} from '../../../../src/core/signaling/observe.ts';
import { emptyTenant, sampleTenant } from '../../../../src/core/tenant/sample/sample.ts';
import type { ForwardingProfile, SignalingStatus } from '../../../../src/core/tenant/tenant.ts';

const USER = '203.0.113.10';
const PROXY = '151.206.7.20';
const GRAPH = '00000003-0000-0000-c000-000000000000';
const SHAREPOINT = '00000003-0000-0ff1-ce00-000000000000';
const TEAMS = 'cc15fd57-2c6c-4117-a88c-83b1d56b4bbe';
const AAD_GRAPH = '00000002-0000-0000-c000-000000000000';
const UNLISTED = '7e6c8a1f-2b54-4c53-9a1b-3f1f2f0e9d11';

const THROUGH: NetworkPath = {
  via: 'globalSecureAccessClient',
  source: { address: address(USER), countryOrRegion: 'NL' },
  proxy: { address: address(PROXY), countryOrRegion: 'IE' },
  tunnelOfThisTenant: true,
};
const OPTIONS: ObserveOptions = { restoresSharePointAndExchange: false, internetProfile: false };

function address(text: string): Address {
  const parsed = parseAddress(text);
  if (parsed === undefined) throw new Error(`${text} is no address`);
  return parsed;
}

function resources(...appIds: string[]): Target {
  return { kind: 'application', audiences: appIds.map((appId) => ({ appId })) };
}

function seen(
  network: NetworkPath,
  status: SignalingStatus,
  target: Target = resources(GRAPH),
  options: ObserveOptions = OPTIONS,
) {
  return readable(observe({ ...NOTHING_TOLD, target, network }, status, options));
}

/** Addresses as text, so that a failure can be read. */
function readable({ ipAddress, globalSecureAccessIpAddress, resourceIpAddress, ...rest }: Observation) {
  return {
    ...rest,
    ipAddress: ipAddress?.text,
    globalSecureAccessIpAddress: globalSecureAccessIpAddress?.text,
    resourceIpAddress: resourceIpAddress?.text,
  };
}

describe('with the client, signaling on', () => {
  test("Entra and Graph see the user's own address, and the record keeps the proxy's", () => {
    expect(seen(THROUGH, 'enabled')).toEqual({
      ipAddress: USER,
      seenAddress: 'source',
      countryOrRegion: 'NL',
      isThroughGlobalSecureAccess: true,
      globalSecureAccessIpAddress: PROXY,
      compliantNetwork: true,
      resourceIpAddress: USER,
      restored: true,
    });
  });

  test("SharePoint sees the proxy's address, unless the tenant's setting says that it is restored there", () => {
    expect(seen(THROUGH, 'enabled', resources(SHAREPOINT)).resourceIpAddress).toBe(PROXY);
    const turned = { ...OPTIONS, restoresSharePointAndExchange: true };
    expect(seen(THROUGH, 'enabled', resources(SHAREPOINT), turned).resourceIpAddress).toBe(USER);
    expect(seen(THROUGH, 'enabled', resources(TEAMS), turned).resourceIpAddress).toBe(PROXY);
  });

  test('Entra itself is the only endpoint of a sign-in to Entra and of a user action', () => {
    const action: Target = { kind: 'userAction', userAction: 'urn:user:registersecurityinfo' };
    expect(seen(THROUGH, 'enabled', resources(AAD_GRAPH)).resourceIpAddress).toBeUndefined();
    expect(seen(THROUGH, 'enabled', action)).toMatchObject({ ipAddress: USER, resourceIpAddress: undefined });
  });

  test('what a resource of unknown kind sees is not known, while Entra is as sure as ever', () => {
    expect(seen(THROUGH, 'enabled', resources(UNLISTED))).toMatchObject({
      ipAddress: USER,
      compliantNetwork: true,
      resourceIpAddress: undefined,
    });
  });

  test('two resources that see different addresses leave no single answer', () => {
    expect(seen(THROUGH, 'enabled', resources(GRAPH, SHAREPOINT)).resourceIpAddress).toBeUndefined();
    expect(seen(THROUGH, 'enabled', resources(SHAREPOINT, TEAMS)).resourceIpAddress).toBe(PROXY);
  });

  test("another tenant's tunnel never makes the network compliant, and a tunnel of unknown owner leaves it open", () => {
    expect(seen({ ...THROUGH, tunnelOfThisTenant: false }, 'enabled')).toMatchObject({
      ipAddress: undefined,
      compliantNetwork: false,
    });
    const { tunnelOfThisTenant: _, ...unowned } = THROUGH;
    expect(seen(unowned, 'enabled').compliantNetwork).toBeUndefined();
  });
});

describe('with the client, signaling off', () => {
  test("everyone sees the proxy's address and the network is not compliant", () => {
    expect(seen(THROUGH, 'disabled')).toEqual({
      ipAddress: PROXY,
      seenAddress: 'proxy',
      countryOrRegion: 'IE',
      isThroughGlobalSecureAccess: true,
      globalSecureAccessIpAddress: PROXY,
      compliantNetwork: false,
      resourceIpAddress: PROXY,
      restored: false,
    });
  });

  test("where the proxy's address is not known, it is said that it is the proxy's", () => {
    const { proxy: _, ...rest } = THROUGH;
    expect(seen(rest, 'disabled')).toMatchObject({
      ipAddress: undefined,
      seenAddress: 'proxy',
      countryOrRegion: undefined,
    });
  });
});

describe.each(['enabled', 'disabled'] as const)('beside Global Secure Access, signaling %s', (status) => {
  test('a direct sign-in shows the user and fails the compliant network check', () => {
    expect(seen({ ...THROUGH, via: 'direct' }, status, resources(UNLISTED))).toEqual({
      ipAddress: USER,
      seenAddress: 'source',
      countryOrRegion: 'NL',
      isThroughGlobalSecureAccess: false,
      globalSecureAccessIpAddress: undefined,
      compliantNetwork: false,
      resourceIpAddress: USER,
      restored: false,
    });
  });

  test.each(['globalSecureAccessClient', 'remoteNetwork', undefined] as const)(
    'IPv6 slips past the tunnel (via %s)',
    (via) => {
      const ipv6 = { ...THROUGH, via, source: { address: address('2001:db8:10::5'), countryOrRegion: 'NL' } };
      expect(seen(ipv6, status)).toMatchObject({
        ipAddress: '2001:db8:10::5',
        isThroughGlobalSecureAccess: false,
        globalSecureAccessIpAddress: undefined,
        compliantNetwork: false,
        restored: false,
      });
    },
  );
});

describe('behind a remote network', () => {
  test("the branch's own address is restored and the network is compliant", () => {
    const branch: NetworkPath = { ...THROUGH, via: 'remoteNetwork' };
    expect(seen(branch, 'enabled')).toMatchObject({ ipAddress: USER, compliantNetwork: true, restored: true });
    expect(seen(branch, 'disabled')).toMatchObject({ ipAddress: PROXY, compliantNetwork: false, restored: false });
  });
});

describe('when nobody knows how the sign-in travelled', () => {
  const unknown: NetworkPath = { ...THROUGH, via: undefined };

  test("with signaling on Entra sees the user's address either way", () => {
    expect(seen(unknown, 'enabled')).toMatchObject({
      ipAddress: USER,
      seenAddress: 'source',
      countryOrRegion: 'NL',
      isThroughGlobalSecureAccess: undefined,
      compliantNetwork: undefined,
      resourceIpAddress: USER,
      restored: false,
    });
  });

  test("with signaling off it could be the user's or the proxy's, but compliant it is not", () => {
    expect(seen(unknown, 'disabled')).toMatchObject({
      ipAddress: undefined,
      seenAddress: undefined,
      countryOrRegion: undefined,
      compliantNetwork: false,
    });
  });

  test('a country that both addresses share is known', () => {
    const shared: NetworkPath = { ...unknown, proxy: { address: address(PROXY), countryOrRegion: 'NL' } };
    expect(seen(shared, 'disabled').countryOrRegion).toBe('NL');
    const nowhere: NetworkPath = { ...unknown, source: { countryOrRegion: null }, proxy: { countryOrRegion: null } };
    expect(seen(nowhere, 'disabled').countryOrRegion).toBeNull();
  });
});

describe('what the record says of the resource', () => {
  const other = '192.0.2.99';

  test('stands where the switch makes no difference', () => {
    expect(seen({ ...THROUGH, via: 'direct', resourceProvider: address(other) }, 'disabled').resourceIpAddress).toBe(
      other,
    );
  });

  test('leaves no single answer where it would stand on one possible path and not on another', () => {
    const unknownPath: NetworkPath = { ...THROUGH, via: undefined, resourceProvider: address(other) };
    expect(seen(unknownPath, 'enabled').resourceIpAddress).toBeUndefined();
  });

  test('does not stand where the switch decides what the resource sees', () => {
    expect(seen({ ...THROUGH, resourceProvider: address(other) }, 'disabled').resourceIpAddress).toBe(PROXY);
  });
});

describe('through the tunnel of another tenant', () => {
  const foreign: NetworkPath = { ...THROUGH, tunnelOfThisTenant: false };
  const maybeForeign: NetworkPath = { ...THROUGH, tunnelOfThisTenant: undefined, mayBeForeign: true };
  const restoring = { ...OPTIONS, restoresForeignTunnels: true };
  const hiding = { ...OPTIONS, restoresForeignTunnels: false };

  test.each(['enabled', 'disabled'] as const)('the setting alone says what Entra sees, signaling %s', (status) => {
    expect(seen(foreign, status, resources(GRAPH), restoring)).toMatchObject({
      ipAddress: USER,
      seenAddress: 'source',
      countryOrRegion: 'NL',
      isThroughGlobalSecureAccess: true,
      compliantNetwork: false,
      restored: true,
    });
    expect(seen(foreign, status, resources(GRAPH), hiding)).toMatchObject({
      ipAddress: PROXY,
      seenAddress: 'proxy',
      countryOrRegion: 'IE',
      compliantNetwork: false,
      restored: false,
    });
  });

  test.each(['enabled', 'disabled'] as const)('what the record shows stays, signaling %s', (status) => {
    const recorded = (text: string, options: ObserveOptions) =>
      readable(
        observe(
          { ...NOTHING_TOLD, target: resources(GRAPH), network: foreign, recordedIpAddress: address(text) },
          status,
          options,
        ),
      );
    expect(recorded(USER, hiding)).toMatchObject({ ipAddress: USER, seenAddress: 'source', countryOrRegion: 'NL' });
    expect(recorded(PROXY, restoring)).toMatchObject({ ipAddress: PROXY, seenAddress: 'proxy', countryOrRegion: 'IE' });
    expect(recorded('192.0.2.99', OPTIONS)).toMatchObject({ ipAddress: undefined, seenAddress: undefined });
    expect(recorded('192.0.2.99', hiding)).toMatchObject({ ipAddress: PROXY, seenAddress: 'proxy' });
  });

  test('what the record shows says nothing of an address that nobody knows', () => {
    const bare: SignInAttempt = {
      ...NOTHING_TOLD,
      network: { via: 'globalSecureAccessClient', source: {}, tunnelOfThisTenant: false },
      recordedIpAddress: address(USER),
    };
    expect(observe(bare, 'enabled', OPTIONS)).toMatchObject({ ipAddress: undefined, seenAddress: undefined });
    expect(observe(bare, 'enabled', hiding)).toMatchObject({ ipAddress: undefined, seenAddress: 'proxy' });
  });

  test('what the resource sees is not known, whatever a record says of it', () => {
    const told = { ...foreign, resourceProvider: address(USER) };
    expect(seen(told, 'enabled', resources(GRAPH), restoring)).toMatchObject({ resourceIpAddress: undefined });
    expect(seen({ ...told, via: undefined }, 'enabled', resources(GRAPH), restoring)).toMatchObject({
      resourceIpAddress: undefined,
    });
  });

  test('it is only possible where the owner is not known and the person is from another tenant', () => {
    expect(seen(maybeForeign, 'disabled', resources(GRAPH), restoring)).toMatchObject({
      ipAddress: undefined,
      compliantNetwork: false,
      resourceIpAddress: undefined,
    });
    expect(seen(maybeForeign, 'enabled', resources(GRAPH), restoring)).toMatchObject({
      ipAddress: USER,
      compliantNetwork: undefined,
    });
    const own: NetworkPath = { ...THROUGH, mayBeForeign: true };
    expect(seen(own, 'disabled', resources(GRAPH), restoring)).toMatchObject({
      ipAddress: PROXY,
      resourceIpAddress: PROXY,
    });
    const unowned: NetworkPath = { ...THROUGH, tunnelOfThisTenant: undefined };
    expect(seen(unowned, 'disabled', resources(GRAPH), restoring)).toMatchObject({ ipAddress: PROXY });
  });

  test('it makes no difference to a sign-in that comes directly', () => {
    for (const network of [foreign, maybeForeign]) {
      expect(seen({ ...network, via: 'direct' }, 'disabled', resources(GRAPH), hiding)).toMatchObject({
        ipAddress: USER,
        isThroughGlobalSecureAccess: false,
        resourceIpAddress: USER,
      });
    }
  });
});

describe('a stand-in for the proxy’s address', () => {
  const standing: ObserveOptions = { ...OPTIONS, proxyStandIn: address('151.206.0.0') };
  const { proxy: _, ...hidden } = THROUGH;

  test('stands where the proxy is seen and its address is not known', () => {
    const shown = observe({ ...NOTHING_TOLD, target: resources(GRAPH), network: hidden }, 'disabled', standing);
    expect(shown).toMatchObject({ ipAddress: undefined, standInAddress: { text: '151.206.0.0' } });
  });

  test.each<[string, NetworkPath, SignalingStatus]>([
    ['the proxy’s address is known', THROUGH, 'disabled'],
    ['the user’s own address is seen', { ...hidden, source: {} }, 'enabled'],
    ['it is not known whose address is seen', { ...hidden, via: undefined }, 'disabled'],
  ])('is none where %s', (_, network, status) => {
    const shown = observe({ ...NOTHING_TOLD, target: resources(GRAPH), network }, status, standing);
    expect(shown.standInAddress).toBeUndefined();
  });
});

describe('where documents contradict each other on SharePoint and Exchange', () => {
  const open: ObserveOptions = { ...OPTIONS, restoresSharePointAndExchange: undefined };

  test('the address that is not restored is possible there, and no address is known', () => {
    expect(seen(THROUGH, 'enabled', resources(SHAREPOINT), open)).toMatchObject({
      resourceIpAddress: undefined,
      possibleResourceAddress: { text: PROXY },
    });
  });

  test('a setting leaves nothing possible', () => {
    expect(seen(THROUGH, 'enabled', resources(SHAREPOINT)).possibleResourceAddress).toBeUndefined();
  });

  test.each<[string, SignalingStatus, Target]>([
    ['signaling is off', 'disabled', resources(SHAREPOINT)],
    ['another resource is asked for', 'enabled', resources(GRAPH)],
  ])('nothing is open where %s', (_, status, target) => {
    expect(seen(THROUGH, status, target, open).possibleResourceAddress).toBeUndefined();
    expect(seen(THROUGH, status, target, open).resourceIpAddress).toBe(status === 'enabled' ? USER : PROXY);
  });

  test('both addresses are one where the user’s own is the proxy’s', () => {
    const alike: NetworkPath = { ...THROUGH, proxy: { address: address(USER) } };
    expect(seen(alike, 'enabled', resources(SHAREPOINT), open)).toMatchObject({ resourceIpAddress: USER });
  });
});

describe('where nobody is tunnelled any more', () => {
  const nobody: ObserveOptions = { ...OPTIONS, isNobodyTunnelled: true };

  test.each(['globalSecureAccessClient', 'remoteNetwork', undefined] as const)(
    'the user’s own address is seen whatever came through (via %s)',
    (via) => {
      expect(seen({ ...THROUGH, via }, 'disabled', resources(GRAPH), nobody)).toMatchObject({
        ipAddress: USER,
        isThroughGlobalSecureAccess: false,
        compliantNetwork: false,
      });
    },
  );
});

describe('the options of a tenant', () => {
  test('know the internet profile by its own state, among the others', () => {
    const tenant = emptyTenant();
    const profile = (trafficForwardingType: string, state: string) => ({
      id: trafficForwardingType,
      trafficForwardingType,
      state,
    });
    const having = (...forwardingProfiles: ForwardingProfile[]) =>
      observeOptions({ ...tenant, globalSecureAccess: { ...tenant.globalSecureAccess, forwardingProfiles } })
        .internetProfile;
    expect(having(profile('m365', 'disabled'), profile('internet', 'enabled'))).toBe(true);
    expect(having(profile('m365', 'enabled'), profile('internet', 'disabled'))).toBe(false);
    expect(having(profile('m365', 'enabled'))).toBe(false);
    expect(having(profile('internet', 'Enabled'))).toBe(true);
  });

  test('try every address where a proof asks, and suppose nobody in the tunnel where all profiles are off', () => {
    const tenant = emptyTenant();
    expect(everyAddressTried(tenant).restoresForeignTunnels).toBe(true);
    const set = { ...tenant, settings: { restoresForeignTunnels: false } };
    expect(everyAddressTried(set).restoresForeignTunnels).toBe(false);
    expect(supposingOptions(tenant).isNobodyTunnelled).toBe(false);
    const off = { ...tenant, globalSecureAccess: { ...tenant.globalSecureAccess, onboardingStatus: 'offboarded' } };
    expect(supposingOptions(off)).toEqual({ ...observeOptions(off), isNobodyTunnelled: true });
  });

  test('follow its settings and its internet profile', () => {
    const tenant = sampleTenant();
    expect(observeOptions(tenant)).toEqual({
      restoresSharePointAndExchange: undefined,
      restoresForeignTunnels: undefined,
      internetProfile: false,
    });
    const { forwardingProfiles: _, ...unknownProfiles } = tenant.globalSecureAccess;
    expect(
      observeOptions({
        ...tenant,
        globalSecureAccess: unknownProfiles,
        settings: { restoresSharePointAndExchange: true, restoresForeignTunnels: false },
      }),
    ).toEqual({
      restoresSharePointAndExchange: true,
      restoresForeignTunnels: false,
      internetProfile: undefined,
    });
  });
});

const VECTORS = '../shared/vectors/conditional-access.json';

interface Vector {
  readonly id: string;
  /** Absent in What If vectors. */
  readonly signIn?: {
    readonly ipAddress: string;
    readonly globalSecureAccess?: {
      readonly signalingStatus: SignalingStatus;
      readonly clientEgressIp: string;
      readonly clientEgressCountry: string;
      readonly proxyEgressIp: string;
      readonly proxyEgressCountry: string;
      readonly tunnelBelongsToThisTenant: boolean;
    };
  };
}

describe.skipIf(!existsSync(VECTORS))(`the sign-ins of ${VECTORS} (skipped where it is absent)`, () => {
  const vectors: Vector[] = existsSync(VECTORS) ? JSON.parse(readFileSync(VECTORS, 'utf8')).vectors : [];
  const withFacts = vectors.flatMap(({ id, signIn }) => {
    const gsa = signIn?.globalSecureAccess;
    return signIn === undefined || gsa === undefined ? [] : [{ id, ipAddress: signIn.ipAddress, gsa }];
  });

  test.each(withFacts)('$id is seen at $ipAddress', ({ ipAddress, gsa }) => {
    const network: NetworkPath = {
      via: 'globalSecureAccessClient',
      source: { address: address(gsa.clientEgressIp), countryOrRegion: gsa.clientEgressCountry },
      proxy: { address: address(gsa.proxyEgressIp), countryOrRegion: gsa.proxyEgressCountry },
      tunnelOfThisTenant: gsa.tunnelBelongsToThisTenant,
    };
    // The vectors take another tenant's tunnel to restore the address, which here is a setting.
    const options = { ...OPTIONS, restoresForeignTunnels: true };
    expect(seen(network, gsa.signalingStatus, resources(GRAPH), options)).toMatchObject({
      ipAddress,
      compliantNetwork: gsa.signalingStatus === 'enabled' && gsa.tunnelBelongsToThisTenant,
    });
  });
});
