import type { FoundSignIn } from '../../core/conditional-access/record/found-sign-in.ts';
import type { Verdict } from '../../core/conditional-access/record/judged-sign-in.ts';
import type { LoggedSignIn, Replay, SignIn } from '../../core/conditional-access/record/sign-in.ts';
import type { SignInColumn } from '../../core/sign-in-log/columns.ts';
import { timeKey } from '../../core/sign-in-log/time-key.ts';
import type { Column, Key } from './columns.ts';
import { addressKey, COLUMNS, columnOf, idKey, periodOf } from './columns.ts';
import { SharedKeys } from './shared-keys.ts';
import { keyOf } from './sql.ts';
import type { TextNumbers } from './texts.ts';

/** Period, person and every column: what an entry says of its sign-in. */
export const ROW: readonly string[] = ['period', 'person', ...COLUMNS.map(({ sql }) => sql)];

/** That of one sign-in. */
export type Row = readonly (Key | null)[];

/** Makes rows, with the numbers of texts. What follows from something that many sign-ins share is looked up once. */
export class Rows {
  readonly #texts: TextNumbers;
  readonly #person: SharedKeys<FoundSignIn['person']>;
  readonly #application: SharedKeys<FoundSignIn['application']>;
  readonly #client: SharedKeys<FoundSignIn['client']>;
  readonly #verdict: SharedKeys<Verdict>;
  readonly #row: (Key | null)[] = ROW.map(() => null);

  constructor(texts: TextNumbers) {
    this.#texts = texts;
    this.#person = new SharedKeys([PERSON, ...NAMES.map(placeOf)], (names) => [
      texts.personOf(names.userPrincipalName, names.userId),
      ...this.#keysOf(NAMES, names),
    ]);
    this.#application = new SharedKeys(APPLICATION.map(placeOf), (application) =>
      this.#keysOf(APPLICATION, application),
    );
    this.#client = new SharedKeys(CLIENT.map(placeOf), (client) => this.#keysOf(CLIENT, client));
    this.#verdict = new SharedKeys(VERDICT.map(placeOf), (verdict) => {
      const { conditionalAccessStatus, status } = verdict;
      const record = {
        conditionalAccessStatus: conditionalAccessStatus ?? null,
        status: { errorCode: status?.errorCode ?? null },
      };
      return this.#keysOf(VERDICT, record, verdict);
    });
  }

  /** The numbers of texts may be those of others now. */
  forget(): void {
    for (const shared of [this.#person, this.#application, this.#client, this.#verdict]) shared.forget();
  }

  of(signIn: LoggedSignIn): Row {
    const { createdDateTime, userPrincipalName, userId } = signIn.record;
    const period = periodOf(timeKey(createdDateTime));
    return [
      period,
      this.#texts.personOf(userPrincipalName, userId),
      ...COLUMNS.map((column) => this.#keyOf(column, signIn)),
    ];
  }

  /** The row of a judged sign-in by what was found of it; good until the next one is asked for. */
  ofFound(found: FoundSignIn, verdict: Verdict): Row {
    const row = this.#row;
    const { id, createdDateTime, correlationId, countryOrRegion } = found;
    const time = timeKey(createdDateTime);
    row[PERIOD] = periodOf(time);
    row[TIME] = time;
    row[ID] = idKey(id);
    this.#person.put(found.person, row);
    this.#application.put(found.application, row);
    this.#client.put(found.client, row);
    this.#verdict.put(verdict, row);
    row[CORRELATION] = isNone(correlationId) ? null : idKey(correlationId);
    row[ADDRESS] = addressIn(found.ipAddress);
    row[SOURCE] =
      found.sourceIpAddress === found.ipAddress ? (row[ADDRESS] as Key | null) : addressIn(found.sourceIpAddress);
    row[PROXY] = addressIn(found.globalSecureAccessIpAddress);
    row[THROUGH] = isNone(found.isThroughGlobalSecureAccess) ? null : Number(found.isThroughGlobalSecureAccess);
    row[COUNTRY] = isNone(countryOrRegion) ? null : this.#texts.numberOf(countryOrRegion);
    return row;
  }

  #keysOf(names: readonly SignInColumn[], record: Partial<SignIn>, replay: Replay = NO_REPLAY): Row {
    const signIn = { record: { ...NO_RECORD, ...record }, replay };
    return names.map((name) => this.#keyOf(columnOf(name), signIn));
  }

  #keyOf({ kind, read }: Column, signIn: LoggedSignIn): Key | null {
    const value = read(signIn);
    if (isNone(value)) return null;
    return kind === 'text' ? this.#texts.numberOf(String(value)) : keyOf(kind, value);
  }
}

const NAMES = ['userPrincipalName', 'userId'] as const;
const APPLICATION = ['appDisplayName', 'appId', 'resourceDisplayName', 'resourceId'] as const;
const CLIENT = ['clientAppUsed', 'signInEventType'] as const;
const VERDICT = ['signalingStatus', 'conditionalAccessStatus', 'outcome', 'decidedBy', 'errorCode'] as const;

const NO_RECORD: SignIn = { id: '', createdDateTime: '' };
const NO_REPLAY: Replay = {
  signalingStatus: 'disabled',
  outcome: 'unknown',
  decidedBy: [],
  missing: [],
  tenantSerial: 0,
};

const PERIOD = ROW.indexOf('period');
const PERSON = ROW.indexOf('person');
const ID = placeOf('id');
const TIME = placeOf('createdDateTime');
const CORRELATION = placeOf('correlationId');
const ADDRESS = placeOf('ipAddress');
const SOURCE = placeOf('sourceIpAddress');
const PROXY = placeOf('globalSecureAccessIpAddress');
const THROUGH = placeOf('isThroughGlobalSecureAccess');
const COUNTRY = placeOf('countryOrRegion');

function placeOf(name: SignInColumn): number {
  return ROW.indexOf(columnOf(name).sql);
}

function addressIn(text: string | null | undefined): Key | null {
  return isNone(text) ? null : addressKey(text);
}

function isNone(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}
