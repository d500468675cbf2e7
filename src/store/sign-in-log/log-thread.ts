import { parentPort, workerData } from 'node:worker_threads';
import { GsaError } from '../../trouble/error.ts';
import type { BatchMessage } from './batch-message.ts';
import { BatchReceiver } from './batch-message.ts';
import type { ThreadAnswer, ThreadData } from './long-append.ts';
import { PackingElsewhere } from './packing.ts';
import { NoRewriting } from './rewriter.ts';
import { SignInFile } from './sign-in-log.ts';

const { path, lineage, timeout, anchor, packing: memory }: ThreadData = workerData;
const packing = new PackingElsewhere(memory);
const log = new SignInFile(path, lineage, { timeout, packing, ...(anchor === undefined ? {} : { anchor }) });
const receiver = new BatchReceiver();

parentPort?.on('message', (message: BatchMessage | undefined) => {
  parentPort?.postMessage(message === undefined ? closed() : answerTo(message));
  if (message === undefined) parentPort?.close();
});

function answerTo(message: BatchMessage): ThreadAnswer {
  try {
    return { appended: log.append(receiver.batchOf(message)) };
  } catch (error) {
    if (error instanceof NoRewriting) return { isUnable: true };
    return troubleOf(error);
  }
}

/** What was found of the log was told by who began the thread; what could not be acknowledged is told by this one alone. */
function closed(): readonly string[] {
  const known = log.notices().length;
  log.close();
  return log.notices().slice(known);
}

function troubleOf(error: unknown): ThreadAnswer {
  if (!(error instanceof GsaError)) return { bug: error };
  const { kind, message, hint, problems } = error;
  return { trouble: { kind, message, hint, problems } };
}
