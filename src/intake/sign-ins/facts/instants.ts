/**
 * Times as sign-in exports write them, to RFC 3339 in UTC. Graph writes `2026-06-15T09:56:49Z`, Azure Monitor seven digits
 * and an offset, Log Analytics CSV `6/15/2026, 9:56:49.975 AM` (columns end in `[UTC]`), some pipelines a space for the T.
 */

import type { DayOrder } from './day-order.ts';
import { innermost } from './day-order.ts';

/** `utc`: the export's column or schema says UTC, so a time without a zone is one; `stated`: it must say so itself. */
export type Zone = 'stated' | 'utc';

const RFC_3339 = /^(\d{4})-(\d\d)-(\d\d)([Tt ])(\d\d):(\d\d):(\d\d)(\.\d{1,12})?([Zz]|[+-]\d\d:\d\d)?$/;
// Newer browsers put U+202F between the time and AM or PM.
const SLASHES = /^(\d{1,2})\/(\d{1,2})\/(\d{4}),? (\d{1,2}):(\d\d):(\d\d)(\.\d{1,9})?(?:[ \u202f]([AP])\.?M\.?)?$/i;
const DOT_NET = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/;

/**
 * The instant in the one spelling that records keep: `Z`, and no zeros at the end of the fraction. `undefined` for what is
 * no such time: February 30 and 24:00 (hazards 14), leap seconds (none is in these logs), the year 1 (.NET's "not set").
 */
export function readInstant(value: unknown, zone: Zone, order: DayOrder = 'monthFirst'): string | undefined {
  const text = innermost(value);
  if (typeof text !== 'string' || text.length > 64) return undefined;
  const iso = RFC_3339.exec(text);
  if (iso !== null) return fromIso(iso, zone);
  const dotNet = DOT_NET.exec(text);
  if (dotNet !== null) return fromMilliseconds(Number(dotNet[1]));
  return zone === 'utc' ? fromSlashes(SLASHES.exec(text), order) : undefined;
}

/** Windows PowerShell counts milliseconds in UTC, whatever zone it writes behind them. */
function fromMilliseconds(milliseconds: number): string | undefined {
  if (Math.abs(milliseconds) > 8.64e15) return undefined;
  const date = new Date(milliseconds);
  const iso = RFC_3339.exec(date.toISOString());
  return iso === null ? undefined : fromIso(iso, 'stated');
}

function fromIso(parts: RegExpExecArray, zone: Zone): string | undefined {
  const [, year, month, day, separator, hour, minute, second, fraction = '', offset] = parts;
  if (zone === 'stated' && (offset === undefined || separator === ' ')) return undefined;
  const minutes = offset === undefined ? 0 : minutesOf(offset);
  if (minutes === undefined) return undefined;
  return instant([year, month, day, hour, minute, second].map(Number), fraction, minutes);
}

function fromSlashes(parts: RegExpExecArray | null, order: DayOrder): string | undefined {
  if (parts === null) return undefined;
  const [, first, second, year, hour, minute, seconds, fraction = '', half] = parts;
  const [month, day] = order === 'dayFirst' ? [second, first] : [first, second];
  // The same number twice is the same date either way.
  if ((order === 'open' || order === 'mixed') && Number(first) !== Number(second)) return undefined;
  const hours = hoursOf(Number(hour), half?.toUpperCase());
  return hours === undefined ? undefined : instant([year, month, day, hours, minute, seconds].map(Number), fraction, 0);
}

/** The hour by the 12-hour clock where AM or PM follows, else by the 24-hour clock. */
function hoursOf(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half === 'P' ? 12 : 0);
}

function minutesOf(offset: string): number | undefined {
  if (offset === 'Z' || offset === 'z') return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(4, 6));
  if (hours > 23 || minutes > 59) return undefined;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function instant(parts: readonly number[], fraction: string, offset: number): string | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  if (year < 2 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const digits = fraction.replace(/\.?0+$/, '');
  if (offset === 0) {
    return `${pad(year, 4)}-${pad(month)}-${pad(day)}T${pad(hour)}:${pad(minute)}:${pad(second)}${digits}Z`;
  }
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute - offset, second);
  const text = date.toISOString();
  return text.length === 24 ? `${text.slice(0, 19)}${digits}Z` : undefined;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function pad(number: number, width = 2): string {
  return String(number).padStart(width, '0');
}
