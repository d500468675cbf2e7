import { accessSync } from 'node:fs';
import { fileTrouble } from '../trouble/file-trouble.ts';

/** Throws GsaError `invalid` in the system's words where the file may not be used so; `mode`: `constants.R_OK`, `W_OK`, or both. */
export function checkAccess(doing: string, file: string, mode: number, hint?: string): void {
  try {
    accessSync(file, mode);
  } catch (error) {
    throw fileTrouble(doing, file, error, hint);
  }
}
