import type { SignIn } from './sign-in.ts';

/** A record by no more than what a log finds it by. Each part is one object to all records that are alike in it. */
export interface FoundRecord extends Pick<SignIn, 'id' | 'createdDateTime'> {
  readonly correlationId: string | null;
  readonly person: Pick<SignIn, 'userId' | 'userPrincipalName'>;
  readonly application: Pick<SignIn, 'appId' | 'appDisplayName' | 'resourceId' | 'resourceDisplayName'>;
  readonly client: Pick<SignIn, 'clientAppUsed' | 'signInEventTypes' | 'isThroughGlobalSecureAccess'>;
  readonly ipAddress: string | null;
  readonly sourceIpAddress: string | null;
  readonly location: NonNullable<SignIn['location']> | null;
}

/** The same of a judged sign-in, as its record will be written. */
export interface FoundSignIn
  extends Pick<FoundRecord, 'id' | 'createdDateTime' | 'correlationId' | 'person' | 'application' | 'client'> {
  readonly ipAddress: string | null;
  readonly sourceIpAddress: string | null;
  readonly globalSecureAccessIpAddress: string | null;
  readonly isThroughGlobalSecureAccess: boolean | null | undefined;
  readonly countryOrRegion: string | null | undefined;
}
