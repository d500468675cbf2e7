import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Address } from '../../../../src/core/network/address.ts';
import { parseAddress } from '../../../../src/core/network/address.ts';
import type { NetworkPath, SignInAttempt, Target } from '../../../../src/core/signaling/attempt.ts';
import type { Observation } from '../../../../src/core/signaling/observation.ts';
import type { ObserveOptions } from '../../../../src/core/signaling/observe.ts';
import { observe, observeOptions } from '../../../../src/core/signaling/observe.ts';
import { sampleTenant } from '../../../../src/core/tenant/sample/sample.ts';
import type { SignalingStatus } from '../../../../src/core/tenant/tenant.ts';

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
  const attempt: SignInAttempt = { identity: { kind: 'user' }, target, network, satisfied: {} };
  return readable(observe(attempt, status, options));
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

describe('the options of a tenant', () => {
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
