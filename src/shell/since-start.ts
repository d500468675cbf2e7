import process from 'node:process';

/**
 * Milliseconds since the process began. `performance` would say the same, and naming it begins a module that takes a twentieth
 * of a start.
 */
export function sinceStart(): number {
  return process.uptime() * 1000;
}
