import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rewriting } from '../../../src/commands/rewriting.ts';
import { SignInFile } from '../../../src/store/sign-in-log/sign-in-log.ts';
import { inFolder, LINEAGE, loggedSignIn } from '../../support/store-samples.ts';
import { tries } from '../../support/tries.ts';

type Step = 'append' | 'crash' | 'prune' | 'nothing' | 'copy' | 'putBack';
const steps = fc.array(fc.constantFrom<Step>('append', 'crash', 'prune', 'nothing', 'copy', 'putBack'), {
  minLength: 2,
  maxLength: 12,
});

test('a log is told to be an older copy when it lacks a write that was acknowledged, and never otherwise', async () => {
  await fc.assert(
    fc.asyncProperty(steps, (taken) =>
      inFolder((folder) => {
        const [path, anchor, copy] = ['t.signins.db', 't.json.log-anchor', 'copy.db'].map((name) => join(folder, name));
        if (path === undefined || anchor === undefined || copy === undefined) return;
        // The writes that each log has, and those that were acknowledged: what the file beside it must amount to.
        let [own, copied, acknowledged]: [number[], number[], number[]] = [[], [], []];
        let at = 0;
        const write = (isAcknowledged: boolean, work: (log: SignInFile) => boolean, isWriter = true) => {
          const log = new SignInFile(path, LINEAGE, { rewriting, ...(isAcknowledged ? { anchor } : {}) });
          const isChanged = work(log);
          log.close();
          if (isChanged) own = [...own, ++at];
          const isTold = log.notices().length > 0;
          // A write without the file beside it does not hear of it, nor does it heal.
          if (isAcknowledged) expect(isTold).toBe(!acknowledged.every((each) => own.includes(each)));
          if (isAcknowledged && isWriter && (isChanged || !isTold)) acknowledged = own;
        };
        const append = (log: SignInFile) => log.append([loggedSignIn({ id: `sign-in ${at}` })]).added > 0;
        write(false, append);
        copyFileSync(path, copy);
        copied = own;
        for (const step of taken) {
          if (step === 'append') write(true, append);
          else if (step === 'crash') write(false, append);
          else if (step === 'prune') write(true, (log) => log.prune('2030-01-01T00:00:00Z') > 0);
          else if (step === 'nothing') write(true, (log) => log.count({ conditions: [] }) < 0, false);
          else if (step === 'copy') [copied] = [own, copyFileSync(path, copy)];
          else [own] = [copied, copyFileSync(copy, path)];
        }
      }),
    ),
    { numRuns: tries(40) },
  );
});
