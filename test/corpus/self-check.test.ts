import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { workplace } from '../support/in-process.ts';

const CORPUS = join(process.cwd(), '../shared/corpus');
const SIGN_INS = join(CORPUS, 'signins');
const isThere = existsSync(SIGN_INS);
if (!isThere) console.warn('skipped: the corpus of sign-ins (../shared/corpus/signins) is not beside the project');

interface Agreement {
  readonly policies: { readonly compared: number; readonly agreed: number; readonly incomparable: number };
  readonly disagreements: readonly { readonly cause: string }[];
}

/** Files of sign-ins in which some list policies; each with the policies that were published with it, where any were. */
const FILES = isThere
  ? globSync(join('**', '*.{json,ndjson,csv}'), { cwd: SIGN_INS })
      .filter((file) => !file.startsWith('derived'))
      .sort()
  : [];

async function agreementOf(file: string): Promise<Agreement | undefined> {
  const place = workplace();
  await place.gsa('init --empty --quiet');
  const policies = join(CORPUS, 'policies', file.split(/[/\\]/)[0] ?? '');
  if (existsSync(policies)) await place.gsa(['import', policies]);
  const run = await place.gsa([...['replay', join(SIGN_INS, file), '--dry-run', '--compare-recorded', '-o', 'json']]);
  return run.exitCode === 0 ? (run.json()['agreement'] as Agreement) : undefined;
}

describe.skipIf(!isThere)('what public sign-ins say of policies', () => {
  test.each(FILES)('%s: every disagreement has a cause that is not the evaluation', async (file) => {
    const agreement = await agreementOf(file);
    if (agreement === undefined) return;
    const { policies, disagreements } = agreement;
    const causes = [...new Set(disagreements.map(({ cause }) => cause))].sort();
    if (policies.compared + policies.incomparable > 0) {
      const said = `${policies.agreed} of ${policies.compared} results agree, ${policies.incomparable} not compared`;
      console.info(`${file}: ${said}${causes.length === 0 ? '' : ` (${causes.join(', ')})`}`);
    }
    expect(causes.filter((cause) => !['unknownPolicy', 'changedSince', 'missingFact'].includes(cause))).toEqual([]);
  });

  test('the one log that comes with its policies agrees where its tenant was published whole', async () => {
    const file = FILES.find((each) => each.includes('liveInteractiveSignIn'));
    const agreement = file === undefined ? undefined : await agreementOf(file);
    expect(agreement?.policies).toEqual({ compared: 3, agreed: 1, incomparable: 0 });
    expect(agreement?.disagreements.map(({ cause }) => cause).sort()).toEqual(['changedSince', 'missingFact']);
  });
});
