import { findUser } from '../core/tenant/lookup.ts';
import type { JsonObject } from '../core/tenant/plans/change.ts';
import type { Tenant } from '../core/tenant/tenant.ts';
import type { Answer } from './call.ts';
import { TOKEN_LIFETIME, writeToken } from './token.ts';

/** What the sign-in host answers: the token, and the pages that libraries read before they ask for one. */

/** What decides whose token a request gets, and what the answer says of the moment. */
export interface SignInRules {
  readonly tenant: Tenant;
  /** Named with `--as`: everybody acts as that one. */
  readonly everybodyIs: string | undefined;
  /** Seconds since 1970. */
  readonly now: number;
  readonly newId: () => string;
}

interface Identity {
  readonly oid: string | undefined;
  readonly userPrincipalName: string | undefined;
  readonly displayName: string;
}

const LOGIN = 'https://login.microsoftonline.com';

/** Pages of discovery; `undefined`: another path. */
export function discoveryAnswer(path: string, tenantId: string): Answer | undefined {
  const lower = path.toLowerCase();
  if (lower.endsWith('/discovery/instance')) return { status: 200, body: instanceMetadata(tenantId) };
  if (lower.endsWith('/.well-known/openid-configuration'))
    return { status: 200, body: openIdConfiguration(path, tenantId) };
  if (/^\/[^/]+\/userrealm\//.test(lower))
    return { status: 200, body: { ver: '1.0', account_type: 'Managed', domain_name: '' } };
  return undefined;
}

function instanceMetadata(tenantId: string): JsonObject {
  return {
    tenant_discovery_endpoint: `${LOGIN}/${tenantId}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [
      {
        preferred_network: 'login.microsoftonline.com',
        preferred_cache: 'login.windows.net',
        aliases: ['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com', 'sts.windows.net'],
      },
    ],
  };
}

function openIdConfiguration(path: string, tenantId: string): JsonObject {
  const [, tenant = tenantId] = path.split('/');
  return {
    issuer: `${LOGIN}/${tenantId}/v2.0`,
    authorization_endpoint: `${LOGIN}/${tenant}/oauth2/v2.0/authorize`,
    token_endpoint: `${LOGIN}/${tenant}/oauth2/v2.0/token`,
    jwks_uri: `${LOGIN}/${tenant}/discovery/v2.0/keys`,
    response_types_supported: ['code', 'id_token', 'token'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['none'],
    tenant_region_scope: null,
  };
}

export function isTokenPath(path: string): boolean {
  return /^\/[^/]+\/oauth2\/(v2\.0\/)?token$/i.test(path);
}

/** Answers a request for a token. Secrets and passwords are neither checked nor kept: nothing here is worth one. */
export function tokenAnswer(form: URLSearchParams, rules: SignInRules): Answer {
  const who = identityOf(form, rules);
  if ('refused' in who) return refused(who.refused, who.code, rules);
  const { tenantId } = rules.tenant;
  const audience = audienceOf(form.get('scope') ?? form.get('resource') ?? '');
  const content = { ...who, tenantId, audience, appId: form.get('client_id') ?? '', issuedAt: rules.now };
  return {
    status: 200,
    headers: { 'cache-control': 'no-store' },
    body: {
      token_type: 'Bearer',
      scope: form.get('scope') ?? '',
      expires_in: TOKEN_LIFETIME,
      ext_expires_in: TOKEN_LIFETIME,
      access_token: writeToken(content),
    },
  };
}

function audienceOf(scope: string): string {
  const resource = scope.split(' ').find((each) => each.startsWith('https://'));
  return resource?.replace(/\/+[^/]*$/, '') ?? 'https://graph.microsoft.com';
}

type Refused = { readonly refused: string; readonly code: number };

/** `--as`, else the person or the application that the request names, else whoever acts on this tenant by default. */
function identityOf(form: URLSearchParams, { tenant, everybodyIs }: SignInRules): Identity | Refused {
  if (everybodyIs !== undefined) return person(tenant, everybodyIs);
  const userName = form.get('grant_type') === 'password' ? form.get('username') : null;
  if (userName !== null) return person(tenant, userName);
  const clientId = form.get('client_id')?.toLowerCase();
  const application = tenant.servicePrincipals?.find(({ appId }) => appId?.toLowerCase() === clientId);
  if (application !== undefined) {
    return {
      oid: application.id,
      userPrincipalName: undefined,
      displayName: application.displayName ?? application.id,
    };
  }
  const { defaultAdministrator } = tenant.settings;
  return defaultAdministrator === undefined ? OWNER : person(tenant, defaultAdministrator);
}

const OWNER: Identity = { oid: undefined, userPrincipalName: undefined, displayName: 'local administrator' };

function person(tenant: Tenant, name: string): Identity | Refused {
  const found = findUser(tenant, name);
  if (!('found' in found))
    return { refused: `The user account ${name} does not exist in this directory.`, code: 50034 };
  const { id, userPrincipalName, displayName, accountEnabled } = found.found;
  if (accountEnabled === false) return { refused: `The user account ${name} is disabled.`, code: 50057 };
  return { oid: id, userPrincipalName: userPrincipalName ?? id, displayName: displayName ?? id };
}

function refused(message: string, code: number, { now, newId }: SignInRules): Answer {
  const id = newId();
  return {
    status: 400,
    body: {
      error: 'invalid_grant',
      error_description: `AADSTS${code}: ${message} (simulated by gsa)`,
      error_codes: [code],
      timestamp: new Date(now * 1000).toISOString().replace('T', ' ').replace('.000', ''),
      trace_id: id,
      correlation_id: id,
    },
  };
}
