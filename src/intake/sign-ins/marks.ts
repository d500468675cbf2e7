/**
 * What is special about a record. `derivedId`: the export gives none, it is made from the content. `timeOfLogging`: the
 * export lacks the time of the sign-in, it is when it was logged. `inheritedAddress`: non-interactive, with the address of
 * an earlier interactive sign-in.
 */
export type SignInMark = 'derivedId' | 'timeOfLogging' | 'inheritedAddress';
