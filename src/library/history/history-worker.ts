import { parentPort, workerData } from 'node:worker_threads';
import { type HistoryFile, readHistoryFiles } from './history-files.ts';

// A thread that reads the files of one import and ends.
parentPort?.postMessage(await readHistoryFiles(workerData as HistoryFile[]));
