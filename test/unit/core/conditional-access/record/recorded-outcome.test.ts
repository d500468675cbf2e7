import { expect, test } from 'vitest';
import { recordedOutcomeOf } from '../../../../../src/core/conditional-access/record/recorded-outcome.ts';

test.each([
  [53003, 'failure', 'blocked'],
  [53003, undefined, 'blocked'],
  [53000, 'failure', 'stopped'],
  [53001, undefined, 'stopped'],
  [50131, undefined, 'stopped'],
  [530084, undefined, 'stopped'],
  [50076, 'failure', 'stopped'],
  [undefined, 'failure', 'stopped'],
  [0, 'success', 'letIn'],
  [0, 'notapplied', 'letIn'],
  [0, undefined, 'letIn'],
])('error %s beside the status %s means: %s', (errorCode, status, outcome) => {
  expect(recordedOutcomeOf(errorCode, status)).toBe(outcome);
});

test.each([
  ['a wrong password', 50126, 'notapplied'],
  ['MFA that something else asked for', 50074, 'notapplied'],
  ['consent that is missing after policies were satisfied', 65001, 'success'],
  ['security defaults', 530035, undefined],
  ['a record that contradicts itself', 0, 'failure'],
  ['a record that says neither', undefined, 'success'],
])('of %s nothing follows', (_, errorCode, status) => {
  expect(recordedOutcomeOf(errorCode, status)).toBeUndefined();
});
