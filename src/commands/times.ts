import { InvalidArgumentError } from 'commander';
import { isoDateOrTime, milliseconds, UNITS } from './options.ts';

/** A time as a person says it; which instant it is depends on the session's clock. */
export type SaidTime =
  | { readonly kind: 'instant'; readonly time: string }
  | { readonly kind: 'ago'; readonly milliseconds: number }
  /** The beginning of a day in UTC, so many days before today. */
  | { readonly kind: 'day'; readonly daysAgo: number };

const WORDS: { readonly [word: string]: SaidTime } = {
  now: { kind: 'ago', milliseconds: 0 },
  today: { kind: 'day', daysAgo: 0 },
  yesterday: { kind: 'day', daysAgo: 1 },
};

const DURATION = /^\d+(?:\.\d+)?(?:ms|s|m|h|d|w)$/;

/** Reads a time of the command line. Throws commander's error, which says what would do. */
export function saidTime(text: string): SaidTime {
  const wanted = text.trim().toLowerCase().replace(/ ago$/, '');
  const word = Object.hasOwn(WORDS, wanted) ? WORDS[wanted] : undefined;
  if (word !== undefined) return word;
  if (DURATION.test(wanted)) return { kind: 'ago', milliseconds: milliseconds(wanted) };
  if (!/^\d{4}-\d{2}-\d{2}/.test(wanted)) {
    throw new InvalidArgumentError(
      'give a day (2026-01-15), a time with a zone (2026-01-15T09:00:00Z), how long ago (2h, 3d), yesterday, today or now.',
    );
  }
  return { kind: 'instant', time: isoDateOrTime(text.trim()) };
}

/** The instant by that clock, RFC 3339 in UTC. */
export function instantOf(said: SaidTime, now: string): string {
  const clock = Date.parse(now);
  switch (said.kind) {
    case 'instant':
      return said.time;
    case 'ago':
      return rfc3339(clock - said.milliseconds);
    case 'day':
      return rfc3339((Math.floor(clock / UNITS.d) - said.daysAgo) * UNITS.d);
  }
}

/**
 * A time as RFC 3339 text; an earlier one than 1900 becomes 1900, because years before 0 have no such text and every sign-in is
 * later.
 */
export function rfc3339(time: number): string {
  return new Date(Math.max(time, Date.UTC(0, 0, 1))).toISOString().replace('.000Z', 'Z');
}
