import { isObject } from '../core/values/is-object.ts';
import { GraphError } from './graph-error.ts';

/** The person or application that a token speaks for. */
export interface Claims {
  /** Object id of the person or service principal; absent: whoever holds the tenant file. */
  readonly oid: string | undefined;
  readonly appId: string;
}

export interface TokenContent extends Claims {
  readonly tenantId: string;
  readonly audience: string;
  readonly userPrincipalName: string | undefined;
  readonly displayName: string;
  /** Seconds since 1970. */
  readonly issuedAt: number;
}

/** Seconds that a token lasts. */
export const TOKEN_LIFETIME = 3599;

/** The mark that no token of Microsoft Entra has, and that every one of ours has. */
const MARK = 'gsa_simulated';

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** A token without a signature: worth nothing anywhere else, and it says so. */
export function writeToken(content: TokenContent): string {
  const { tenantId, audience, oid, appId, userPrincipalName, displayName, issuedAt } = content;
  const payload = {
    aud: audience,
    iss: `https://sts.windows.net/${tenantId}/`,
    iat: issuedAt,
    nbf: issuedAt,
    exp: issuedAt + TOKEN_LIFETIME,
    [MARK]: true,
    appid: appId,
    idtyp: userPrincipalName === undefined ? 'app' : 'user',
    name: displayName,
    oid: oid ?? NOBODY,
    sub: oid ?? NOBODY,
    tid: tenantId,
    ...(userPrincipalName === undefined ? {} : { upn: userPrincipalName, unique_name: userPrincipalName }),
    ver: '1.0',
  };
  return `${part({ typ: 'JWT', alg: 'none' })}.${part(payload)}.`;
}

/**
 * Reads the token of a request. Only tokens of ours are taken: whoever sends a real one has not reached what they meant to
 * reach, and hears so. Throws GraphError 401.
 */
export function readToken(authorization: string | undefined, tenantId: string, now: number): Claims {
  const [scheme, token] = authorization?.split(' ') ?? [];
  if (scheme?.toLowerCase() !== 'bearer' || token === undefined) throw invalid('Access token is empty.');
  const payload = contentOf(token);
  if (payload?.[MARK] !== true) {
    throw invalid('This is a simulated Graph of gsa: it takes only tokens that it issued itself. Sign in through it.');
  }
  if (payload['tid'] !== tenantId) throw invalid('The token is of another tenant.');
  if (typeof payload['exp'] !== 'number' || payload['exp'] <= now / 1000) {
    throw invalid('Lifetime validation failed, the token is expired.');
  }
  const { oid, appid } = payload;
  return {
    oid: typeof oid === 'string' && oid !== NOBODY ? oid : undefined,
    appId: typeof appid === 'string' ? appid : NOBODY,
  };
}

function contentOf(token: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function invalid(message: string): GraphError {
  return new GraphError(401, 'InvalidAuthenticationToken', message, { headers: { 'www-authenticate': 'Bearer' } });
}
