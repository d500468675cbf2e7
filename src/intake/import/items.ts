import { IS_WHOLE } from '../../core/tenant/knowledge.ts';
import type { JsonObject } from '../../core/tenant/plans/change.ts';
import { pointerTo } from '../json/pointer.ts';
import { readJson } from '../json/read.ts';
import { countIn } from '../json/rest-of-list.ts';
import { isJsonObject, nameOfType, plainText } from '../json/value.ts';
import { excerpt } from '../text/excerpt.ts';
import type { Place } from '../types.ts';
import { isLiveItem } from './deleted.ts';
import type { Findings, Source } from './findings.ts';
import type { NotImported } from './foreign-objects.ts';
import { foreignDocument, isQueryResult } from './foreign-objects.ts';
import { keyOf } from './identity.ts';
import type { ItemKind } from './kind.ts';
import { byContext, kindOf } from './kind.ts';
import type { ExportedList } from './list-names.ts';
import { listOfName } from './list-names.ts';
import type { Has } from './member-names.ts';
import { extrasOf, lookUp, memberOf } from './member-names.ts';
import { contextOfName, holdsItems, listsByName, settingsBeside } from './named-lists.ts';
import { besideOthers } from './told-by-objects.ts';
import type { ListProofs } from './whole-lists.ts';
import { listOfContext, listOfKind, memberOfPart, noProofs } from './whole-lists.ts';

/** An object that stands for itself in an export, out of whatever lists, pages and rows were around it. */
export interface FoundItem {
  readonly value: JsonObject;
  readonly kind: ItemKind | NotImported | undefined;
  readonly source: Source;
  readonly pointer: string;
  /** The nearest `@odata.context`. */
  readonly context: string;
  /** It stands in no list of its kind: alone in its file or its answer, or in one that is of something else. */
  readonly isAlone: boolean;
  /** It stands in an answer that is not all of it, which may be told behind it. */
  isOfPart: boolean;
}

export interface FoundItems {
  readonly items: readonly FoundItem[];
  /** What an `@odata.context` announces, for a list without items. */
  readonly announced: ItemKind | undefined;
  readonly proofs: ListProofs;
  /** The context of an answer that holds nothing, and is not a part of one; `undefined`: it holds something. */
  readonly emptyContext: string | undefined;
}

/**
 * Finds the items of one document: Graph lists, pages, bare arrays, rows with JSON inside, objects of named lists. `called`: the
 * list that the file is named after; `isInList`: the document is one of a list.
 */
export function findItems(
  value: unknown,
  source: Source,
  findings: Findings,
  { called, isInList = false }: { readonly called?: ExportedList | undefined; readonly isInList?: boolean },
): FoundItems {
  const search = new Search(findings, called, isInList);
  search.visit(value, source, '', '', false);
  return search;
}

/**
 * Members in which CIPP, its predecessors and table exports keep a policy as text, a row for each. They are those of a library: no row says
 * of which tenant it is, nor that there are no others.
 */
const ROW_MEMBERS = ['JSON', 'RAWJSON', 'RawJson', 'rawJson', 'json'];

class Search {
  readonly items: FoundItem[] = [];
  readonly proofs = noProofs();
  announced: ItemKind | undefined;
  emptyContext: string | undefined;
  readonly #findings: Findings;
  readonly #called: ExportedList | undefined;
  /** What is visited stands in something that is not all of it. */
  #isInPart = false;
  /** What is visited stands in a list. */
  #isInList: boolean;

  constructor(findings: Findings, called: ExportedList | undefined, isInList: boolean) {
    this.#findings = findings;
    this.#called = called;
    this.#isInList = isInList;
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
    const context = contextOf(value) ?? outerContext;
    this.announced ??= byContext(context);
    const kind = kindOf(value, context);
    if (!isOfOtherTool(value, kind) && this.#wrapper(value, kind, source, pointer, context, isRow)) return;
    const isAlone = isRow || !this.#isInList || ENTITY.test(context) || isOfOtherList(value, kind, context, pointer);
    const item = { value, kind, source, pointer, context, isAlone, isOfPart: this.#isInPart };
    this.items.push(item);
  }

  #list(elements: readonly unknown[], source: Source, pointer: string, context: string, isRow: boolean): void {
    if (elements.length === 0 && !isRow) this.#empty(pointer, context);
    const own: FoundItem[] = [];
    const outer = this.#isInList;
    this.#isInList = true;
    elements.forEach((element, position) => {
      const at = pointerTo(pointer, position);
      if (Array.isArray(element)) {
        this.#findings.add('error', 'notAnObject', 'expected an object, found a list inside a list', source.place(at));
      } else this.visit(element, source, at, context, isRow);
      const last = this.items.at(-1);
      if (last !== undefined && last.value === element) own.push(last);
    });
    this.#isInList = outer;
    this.proofs.cut.push(...besideOthers(own, this.#findings, source.place(pointer)));
  }

  /** By its context; without one by the member that it is, or by the file where it stands alone. */
  #empty(pointer: string, context: string): void {
    if (this.#isInPart) return;
    const name = pointer.split('/').at(-1) ?? '';
    const isAlone = pointer === '' || pointer === '/value';
    if (isAlone) this.emptyContext = context;
    const list = context === '' ? (listOfName(name) ?? (isAlone ? this.#called : undefined)) : listOfContext(context);
    if (list !== undefined) this.proofs.empty.push(list);
  }

  /** Follows an object that only holds others; false when it is none. */
  #wrapper(
    value: JsonObject,
    kind: FoundItem['kind'],
    source: Source,
    pointer: string,
    context: string,
    isRow: boolean,
  ): boolean {
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
    if (typeof kind === 'string' && kind !== 'settings') return false;
    // Lists by name, such as `{ "policies": […], "namedLocations": […] }`, and the answers of a batch request.
    const lists = listsByName(value);
    const settings = kind === 'settings' ? settingsBeside(value, lists) : undefined;
    if (kind === 'settings' && settings === undefined) return false;
    if (settings !== undefined) {
      this.items.push({ value: settings, kind, source, pointer, context, isAlone: true, isOfPart: this.#isInPart });
    }
    if (lists.length > 0 || settings !== undefined) {
      const part = memberOfPart(value, context);
      const found = this.#within(part, source, pointer, () => {
        for (const [name, each] of lists) {
          this.visit(each, source, pointerTo(pointer, name), contextOfName(name, each), isRow);
        }
      });
      if (part !== undefined) this.#prove(found, 'cut');
      if (lists.length === 1) this.#compareCount(found, value, context, source.place(pointer));
      this.#tellOfOthers(
        value,
        [...lists.map(([name]) => name), ...Object.keys(settings ?? {})],
        source.place(pointer),
      );
      return true;
    }
    const { body } = value;
    if (!isJsonObject(body) || !holdsItems(value)) return false;
    const part = isFailed(value) ? 'status' : memberOfPart(value, context);
    // An answer with one object is not that of a list, wherever it stands among the answers.
    const outer = this.#isInList;
    this.#isInList = false;
    const found = this.#within(part, source, pointer, () =>
      this.visit(body, source, pointerTo(pointer, 'body'), '', isRow),
    );
    this.#isInList = outer;
    if (part !== undefined) this.#prove(found, 'cut');
    return true;
  }

  /** Tells of the other members beside lists that are taken, so that nothing is left out silently. */
  #tellOfOthers(value: JsonObject, taken: readonly string[], place: Place): void {
    const told = [...taken, extrasOf(value)?.name];
    const others = Object.entries(value)
      .filter(
        ([name, each]) => typeof each === 'object' && each !== null && !told.includes(name) && !name.includes('@'),
      )
      .map(([name]) => excerpt(name, 40));
    if (others.length === 0) return;
    const message = `nothing that gsa knows is in ${others.join(', ')}: not taken`;
    this.#findings.add('warning', 'notTaken', message, place);
  }

  #page(value: JsonObject, source: Source, pointer: string, context: string, isRow: boolean): void {
    const { value: list } = value;
    const part = memberOfPart(value, context);
    const found = this.#within(part, source, pointer, () =>
      this.visit(list, source, pointerTo(pointer, 'value'), context, isRow),
    );
    this.#prove(found, this.#isInPart || part !== undefined ? 'cut' : 'last');
    const whole = value[IS_WHOLE] === true && !this.#isInPart ? listOfContext(context) : undefined;
    if (whole !== undefined && part === undefined) this.proofs.whole.push(whole);
    this.#tellOfOthers(value, ['value', 'error'], source.place(pointer));
    this.#compareCount(found, value, context, source.place(pointer));
  }

  /** Visits what stands in an answer, of which `part` may tell that it is not all, and gives what was found. */
  #within(part: string | undefined, source: Source, pointer: string, visit: () => void): readonly FoundItem[] {
    if (part !== undefined) {
      const message = `is one page of several, or a part (\`${part}\`): what stands elsewhere is missing`;
      this.#findings.add('warning', 'partialList', message, source.place(pointerTo(pointer, part)));
    }
    const [before, outer] = [this.items.length, this.#isInPart];
    this.#isInPart ||= part !== undefined;
    visit();
    this.#isInPart = outer;
    return this.items.slice(before);
  }

  #prove(found: readonly FoundItem[], proof: 'cut' | 'last'): void {
    const live = found.filter((item) => isLiveItem(item) && !item.isAlone);
    for (const [list, items] of Map.groupBy(live, ({ kind }) => listOfKind(kind))) {
      if (list !== undefined) this.proofs[proof].push({ list, keys: items.map(({ value }) => keyOf(value)) });
    }
  }

  #compareCount(found: readonly FoundItem[], answer: JsonObject, context: string, place: Place): void {
    const counted = countIn(answer);
    if (counted === undefined || counted.count <= found.length) return;
    for (const item of found) item.isOfPart = true;
    const lists =
      found.length > 0
        ? found.filter(isLiveItem).map(({ kind }) => listOfKind(kind))
        : [context === '' ? this.#called : listOfContext(context)];
    for (const list of new Set(lists)) if (list !== undefined) this.proofs.counted.push({ list, count: counted.count });
    const message = `\`${counted.member}\` is ${counted.count}, and ${found.length} are here: what no other file has is missing`;
    this.#findings.add('warning', 'partialList', message, place);
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

/** What another tool wrote is told of whole: lists inside it are none of an export. */
function isOfOtherTool(value: JsonObject, kind: FoundItem['kind']): boolean {
  if (foreignDocument(value) !== undefined || isQueryResult(value)) return true;
  return typeof kind === 'object' && kind.code === 'microsoft365Dsc';
}

/** The context of an answer about one object, by the name for it or by its key (OData JSON 4.01, 10). */
const ENTITY = /\/\$entity$|\('[^']*'\)$/;

/**
 * Templates are no policies yet, nor are requests to create some, which have no id as every policy of a tenant has (CSDL-v1), and what CIPP
 * answers for its templates has their `GUID` (CIPP, Invoke-ListCAtemplates). An answer of `evaluate` has the policies that it looked at
 * (G-EVAL). People with their type in a bare list come out of one of several types, such as the members of a group that the Azure CLI lists
 * (OData writes the type of derived objects only).
 */
function isOfOtherList(value: JsonObject, kind: FoundItem['kind'], context: string, pointer: string): boolean {
  if (kind === 'policyTemplates') return true;
  if (kind === 'policies') return isOfNoTenant(lookUp(value));
  const isOfDirectory = kind === 'users' || kind === 'groups' || kind === 'servicePrincipals';
  return (
    isOfDirectory &&
    context === '' &&
    /^\/\d+$/.test(pointer) &&
    /^#microsoft\.graph\.(user|group|servicePrincipal)$/i.test(plainText(memberOf(value, '@odata.type')))
  );
}

/** The context of an answer; the SDKs keep that of one object among its extras. */
function contextOf(value: JsonObject): string | undefined {
  const context = value['@odata.context'] ?? extrasOf(value)?.members['@odata.context'];
  return typeof context === 'string' ? context : undefined;
}

function isOfNoTenant(has: Has): boolean {
  return has('id') === undefined || has('GUID') !== undefined || has('policyApplies') !== undefined;
}

/** An answer of a batch that is none: its list says nothing of the tenant. */
function isFailed({ status }: JsonObject): boolean {
  return Number(plainText(status)) >= 400;
}

function isJsonText(value: unknown): value is string {
  return typeof value === 'string' && /^\s*[{[]/.test(value);
}
