import type { JsonObject } from '../../core/tenant/plans/change.ts';
import { pointerTo } from '../json/pointer.ts';
import { readJson } from '../json/read.ts';
import { isJsonObject, nameOfType } from '../json/value.ts';
import { excerpt } from '../text/excerpt.ts';
import type { Place } from '../types.ts';
import type { Findings, Source } from './findings.ts';
import type { NotImported } from './foreign-objects.ts';
import { foreignDocument, isQueryResult } from './foreign-objects.ts';
import type { ItemKind } from './kind.ts';
import { byContext, kindOf } from './kind.ts';

/** An object that stands for itself in an export, out of whatever lists, pages and rows were around it. */
export interface FoundItem {
  readonly value: JsonObject;
  readonly kind: ItemKind | NotImported | undefined;
  readonly source: Source;
  readonly pointer: string;
  /** The nearest `@odata.context`. */
  readonly context: string;
}

export interface FoundItems {
  readonly items: readonly FoundItem[];
  /** What an `@odata.context` announces, for a list without items. */
  readonly announced: ItemKind | undefined;
}

/** Finds the items of one document: Graph lists, pages, bare arrays, rows with JSON inside, objects of named lists. */
export function findItems(value: unknown, source: Source, findings: Findings): FoundItems {
  const search = new Search(findings);
  search.visit(value, source, '', '', false);
  return search;
}

/** Members in which CIPP, its predecessors and table exports keep a policy as text. */
const ROW_MEMBERS = ['JSON', 'RAWJSON', 'RawJson', 'rawJson', 'json'];

class Search {
  readonly items: FoundItem[] = [];
  announced: ItemKind | undefined;
  readonly #findings: Findings;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  visit(value: unknown, source: Source, pointer: string, outerContext: string, isRow: boolean): void {
    if (Array.isArray(value)) {
      this.#list(value, source, pointer, outerContext, isRow);
      return;
    }
    if (!isJsonObject(value)) {
      const message = `expected an object of an export, found ${nameOfType(value)}`;
      this.#findings.add('error', 'notAnObject', message, source.place(pointer));
      return;
    }
    const context = typeof value['@odata.context'] === 'string' ? value['@odata.context'] : outerContext;
    this.announced ??= byContext(context);
    const isForeign = foreignDocument(value) !== undefined || isQueryResult(value);
    if (!isForeign && this.#wrapper(value, source, pointer, context, isRow)) return;
    this.items.push({ value, kind: kindOf(value, context), source, pointer, context });
  }

  #list(elements: readonly unknown[], source: Source, pointer: string, context: string, isRow: boolean): void {
    elements.forEach((element, position) => {
      const at = pointerTo(pointer, position);
      if (Array.isArray(element)) {
        this.#findings.add('error', 'notAnObject', 'expected an object, found a list inside a list', source.place(at));
      } else this.visit(element, source, at, context, isRow);
    });
  }

  /** Follows an object that only holds others; false when it is none. */
  #wrapper(value: JsonObject, source: Source, pointer: string, context: string, isRow: boolean): boolean {
    if (
      'value' in value &&
      (Array.isArray(value['value']) || Object.keys(value).every((name) => name === 'value' || name.includes('@')))
    ) {
      this.#page(value, source, pointer, context, isRow);
      return true;
    }
    const row = isRow ? undefined : ROW_MEMBERS.find((name) => isJsonText(value[name]));
    if (row !== undefined) {
      this.#row(String(value[row]), source, pointerTo(pointer, row));
      return true;
    }
    if (typeof kindOf(value, context) === 'string') return false;
    // Lists by name, such as `{ "policies": […], "namedLocations": […] }`, and the answers of a batch request.
    const lists = Object.entries(value).filter(([, each]) => Array.isArray(each) && each.some(holdsItems));
    for (const [name, each] of lists) this.visit(each, source, pointerTo(pointer, name), '', isRow);
    if (lists.length > 0) {
      this.#tellOfOthers(
        value,
        lists.map(([name]) => name),
        source.place(pointer),
      );
      return true;
    }
    const { body } = value;
    if (!isJsonObject(body) || !holdsItems(value)) return false;
    this.visit(body, source, pointerTo(pointer, 'body'), '', isRow);
    return true;
  }

  /** Tells of the other members beside lists that are taken, so that nothing is left out silently. */
  #tellOfOthers(value: JsonObject, taken: readonly string[], place: Place): void {
    const others = Object.entries(value)
      .filter(([name, each]) => typeof each === 'object' && each !== null && !taken.includes(name))
      .map(([name]) => excerpt(name, 40));
    if (others.length === 0) return;
    const message = `nothing that gsa knows is in ${others.join(', ')}: not taken`;
    this.#findings.add('warning', 'notTaken', message, place);
  }

  #page(value: JsonObject, source: Source, pointer: string, context: string, isRow: boolean): void {
    if (typeof value['@odata.nextLink'] === 'string') {
      const message = 'is one page of several (`@odata.nextLink`): what is on the others is missing';
      this.#findings.add('warning', 'partialList', message, source.place(pointerTo(pointer, '@odata.nextLink')));
    }
    this.visit(value['value'], source, pointerTo(pointer, 'value'), context, isRow);
  }

  /** The policy of a row stands in one text: its places are the place of that text. */
  #row(text: string, source: Source, pointer: string): void {
    const place = source.place(pointer);
    const reading = readJson(text);
    if (!reading.ok) {
      this.#findings.add('error', reading.fault.code, `the JSON inside this text ${reading.fault.message}`, place);
      return;
    }
    for (const { severity, code, message } of reading.document.findings) {
      this.#findings.add(severity, code, `inside this text: ${message}`, place);
    }
    this.visit(reading.document.value, { place: () => place }, '', '', true);
  }
}

function isJsonText(value: unknown): value is string {
  return typeof value === 'string' && /^\s*[{[]/.test(value);
}

/** Whether an element of a list is an item, or the answer of a batch request that holds some. */
function holdsItems(element: unknown): boolean {
  if (!isJsonObject(element)) return false;
  if (kindOf(element, '') !== undefined) return true;
  const { body } = element;
  return isJsonObject(body) && (Array.isArray(body['value']) || kindOf(body, '') !== undefined);
}
