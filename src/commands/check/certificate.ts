import { claimedClasses } from '../../core/certificate/certificate.ts';
import { checkCertificate } from '../../core/certificate/check.ts';
import { checkedWorld } from '../../core/certificate/worlds.ts';
import { verdictOf } from '../../core/conditional-access/outcome/change.ts';
import { withDirectory } from '../../core/proof/worlds/supposed-directory.ts';
import { AlikeValues } from '../../core/values/alike-values.ts';
import { readCertificateFile } from '../../intake/certificate-file.ts';
import { acting } from '../acting.ts';
import { askedChange } from '../asked-change.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { questionText } from '../proof-sentence.ts';
import { supposedChanges } from '../supposed-change.ts';

export const command = defineCommand<[string], object>({
  changesNothing: true,
  formats: ['lists'],
  declare: (command) =>
    command
      .description(
        'Judges a certificate of `gsa impact --all --certificate` anew, for the tenant as it stands and by code that shares ' +
          'nothing with the prover but the evaluator: the classes hold everybody and everything, the boxes are disjoint and ' +
          'make up the whole, and what each box claims is so. Exit code 1 when something is not. That there are no other ' +
          'kinds of device than those listed is taken from the certificate.',
      )
      .argument('<file>', 'the certificate')
      .addHelpText('after', examples('gsa impact --all --certificate proof.json', 'gsa check certificate proof.json')),
  run: async (session, [file]) => {
    const { tenant } = session.tenants().read();
    acting(session, tenant, ['policy.read']);
    const certificate = await readCertificateFile(session.toRead(file));
    const { question, createdDateTime } = certificate;
    const of = question.of.flatMap((text) => supposedChanges(text));
    const change = await askedChange(session, tenant, { of, with: question.with ?? undefined });
    const { before, after } = withDirectory(change.before, change.after);
    const lists = new AlikeValues();
    const { faults, ...counts } = await session.computing(() =>
      checkCertificate(certificate, {
        before: checkedWorld(before, question.signalingStatusBefore, lists),
        after: checkedWorld(after, question.signalingStatusAfter, lists),
      }),
    );
    const holds = faults.length === 0;
    const { signalingStatusBefore: status, signalingStatusAfter: then } = question;
    const claims = claimedClasses(certificate);
    return {
      report: {
        kind: 'certificate',
        data: {
          file,
          createdDateTime,
          question,
          questionText: questionText(tenant.displayName, then === status ? undefined : then, {
            of,
            with: question.with ?? undefined,
          }),
          verdict: verdictOf(claims),
          claims,
          holds,
          ...counts,
          value: faults,
        },
      },
      verdict: holds ? 'ok' : 'findings',
    };
  },
});
