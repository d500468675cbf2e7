import { join } from 'node:path';
import { GsaError } from '../../trouble/error.ts';
import { parentsOf } from './commit.ts';
import type { GitObjects } from './objects.ts';
import type { GitRepository } from './repository.ts';
import { firstLine, readShort } from './repository.ts';

/** A state of a repository as git writes it (gitrevisions(7)): a name, and steps back from it. */
interface Revision {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** `~3`: three first parents back; `^2`: to the second parent. */
interface Step {
  readonly kind: '~' | '^';
  readonly count: number;
}

/** Steps back that one may ask for; each reads a commit. */
const MOST_STEPS = 100_000;

/**
 * The commit that a revision names: `HEAD`, `@`, a branch, a tag, a branch of a remote or an id of at least four digits, with
 * any number of `~n` and `^n` behind. Throws GsaError `invalid` where there is no such commit.
 */
export async function commitOf(text: string, repository: GitRepository, objects: GitObjects): Promise<string> {
  const { name, steps } = revisionIn(text);
  let id = await idOf(name, repository, objects);
  if (id === undefined) throw unknownRevision(text, `nothing in the repository is called \`${name}\``);
  id = await peeled(id, objects);
  for (const { kind, count } of steps) {
    for (let left = kind === '~' ? count : Math.min(count, 1); left > 0; left--) {
      const parent: string | undefined = (await parentsOf(id, objects))[kind === '~' ? 0 : count - 1];
      if (parent === undefined) throw unknownRevision(text, 'the history does not go back that far');
      id = parent;
    }
  }
  return id;
}

function revisionIn(text: string): Revision {
  const [, name = '', tail = ''] = /^(.+?)((?:[~^]\d*)*)$/.exec(text) ?? [];
  const steps = [...tail.matchAll(/([~^])(\d*)/g)].map(([, kind, digits]): Step => {
    const count = digits === '' ? 1 : Number(digits);
    return { kind: kind === '~' ? '~' : '^', count };
  });
  if (name === '' || /[~^{}\s]/.test(name) || steps.reduce((sum, { count }) => sum + count, 0) > MOST_STEPS) {
    throw unknownRevision(text, 'gsa reads a name or an id, with ~n and ^n behind it');
  }
  return { name, steps };
}

/** The places of a name, in the order of gitrevisions(7). */
const PLACES = ['#', 'refs/#', 'refs/tags/#', 'refs/heads/#', 'refs/remotes/#', 'refs/remotes/#/HEAD'];
/** What git accepts as a reference is no path that leads out: git-check-ref-format(1). */
const REFERENCE = /^(?!.*(?:\.\.|\/\/|@\{|\/$|(?:^|\/)\.))[^\s~^:?*[\\\0]+$/;

async function idOf(name: string, repository: GitRepository, objects: GitObjects): Promise<string | undefined> {
  const asked = name === '@' ? 'HEAD' : name;
  if (REFERENCE.test(asked)) {
    for (const place of PLACES) {
      if (place === '#' && !/^([A-Z_]+$|refs\/)/.test(asked)) continue;
      const found = await referenceOf(
        place.replace('#', () => asked),
        repository,
      );
      if (found !== undefined) return found;
    }
  }
  return /^[0-9a-f]{4,40}$/i.test(asked) ? objects.complete(asked.toLowerCase()) : undefined;
}

/** References that name references lead on at most so often. */
const LONGEST_CHAIN = 8;

async function referenceOf(name: string, repository: GitRepository, left = LONGEST_CHAIN): Promise<string | undefined> {
  const own = name.startsWith('refs/') ? repository.commonFolder : repository.gitFolder;
  const line = (await firstLine(join(own, name))) ?? (await packedReference(name, repository));
  if (line === undefined) return undefined;
  const id = /^[0-9a-f]{40}(?=\s|$)/.exec(line)?.[0];
  if (id !== undefined) return id;
  const next = /^ref: (.+)$/.exec(line)?.[1];
  return next !== undefined && left > 0 && REFERENCE.test(next) ? referenceOf(next, repository, left - 1) : undefined;
}

async function packedReference(name: string, { commonFolder }: GitRepository): Promise<string | undefined> {
  const lines = ((await readShort(join(commonFolder, 'packed-refs'))) ?? '').split('\n');
  return lines.find((line) => line.slice(41) === name && line[40] === ' ')?.slice(0, 40);
}

/** A tag with a message is an object of its own, which names the commit. */
async function peeled(id: string, objects: GitObjects, left = LONGEST_CHAIN): Promise<string> {
  const { kind, bytes } = await objects.read(id);
  if (kind === 'commit') return id;
  const target = kind === 'tag' ? /^object ([0-9a-f]{40})$/m.exec(bytes.toString('latin1'))?.[1] : undefined;
  if (target !== undefined && left > 0) return peeled(target, objects, left - 1);
  throw new GsaError('invalid', `\`${id}\` is a ${kind} and no commit`);
}

function unknownRevision(text: string, why: string): GsaError {
  return new GsaError('invalid', `there is no revision \`${text}\`: ${why}`, {
    hint: 'git log --oneline --all shows them',
  });
}
