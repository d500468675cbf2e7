import type { LoggedSignIn } from '../../core/conditional-access/record/sign-in.ts';
import type { SignInLog } from '../../store/types.ts';
import { GsaError } from '../../trouble/error.ts';
import { acting } from '../acting.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { signInLog } from '../sign-in-log.ts';
import { delayText, isVisibleIn } from './delay.ts';
import { NEWEST_FIRST } from './rows.ts';
import { createTeller } from './tell.ts';

export const command = defineCommand<[string], object>({
  formats: ['markdown'],
  declare: (command) =>
    command
      .description(
        'One sign-in of the log, told whole, for each signaling status that it was replayed under: the addresses that were ' +
          'seen, the named locations that hold them, every policy and why, and the nearest change that would turn the result.',
      )
      .argument('<id>', 'id of the sign-in, or how it begins')
      .addHelpText(
        'after',
        examples('gsa logs --columns time,user,result,id', 'gsa logs show 5f000000-0000-4000-8000-000000000001'),
      ),
  run: async (session, [id]) => {
    const stored = session.tenants().read();
    acting(session, stored.tenant, ['signin.read']);
    const log = await signInLog(session);
    const found = signInsOf(log, id);
    const visible = found.filter(isVisibleIn(stored.tenant, () => session.now()));
    if (visible.length === 0) throw new GsaError('invalid', delayText(1, stored.tenant));
    const value = visible.map(await createTeller(session, stored));
    return { report: { kind: 'logStory', data: { value } } };
  },
});

/** Finds sign-ins by the whole id, or by its beginning where only one sign-in begins so. */
function signInsOf(log: SignInLog, id: string): readonly LoggedSignIn[] {
  const exact = log.find(id);
  if (exact.length > 0) return exact;
  const conditions = [{ column: 'id', operator: 'startsWith', value: id }] as const;
  const ids = [
    ...new Set([...log.query({ conditions, order: NEWEST_FIRST, limit: 20 })].map(({ record }) => record.id)),
  ];
  const [only] = ids;
  if (only === undefined) {
    throw new GsaError('invalid', `no sign-in of the log has the id \`${id}\``, {
      hint: '`gsa logs --columns time,user,result,id` shows the ids',
    });
  }
  if (ids.length === 1) return log.find(only);
  throw new GsaError('invalid', `several sign-ins have an id that begins with \`${id}\``, {
    problems: ids.map((each) => ({ message: each })),
  });
}
