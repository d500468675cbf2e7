import { workerData } from 'node:worker_threads';
import { packForOthers } from './packing.ts';

packForOthers(workerData as SharedArrayBuffer);
