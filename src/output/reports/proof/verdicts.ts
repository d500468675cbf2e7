import type { ChangeVerdict } from '../../../core/conditional-access/outcome/change.ts';
import type { Span } from '../../view.ts';
import { bad, good, warning } from '../../view.ts';

/** A verdict in words. */
export const VERDICTS: { readonly [verdict in ChangeVerdict]: Span } = {
  equivalent: good('Nothing changes'),
  stricter: warning('Stricter'),
  looser: bad('Looser'),
  both: bad('Stricter for some sign-ins, looser for others'),
  unknown: warning('It cannot be told whether anything changes'),
};
