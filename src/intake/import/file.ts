import type { JsonDocument } from '../json/document.ts';
import { readJson } from '../json/read.ts';
import { decodeText } from '../text/decode.ts';
import type { TextPosition } from '../text/position.ts';
import type { Place } from '../types.ts';
import type { FileContents } from './contents.ts';
import { noContents } from './contents.ts';
import { isAmongDeleted, isLiveItem } from './deleted.ts';
import type { Source } from './findings.ts';
import { Cursor, Findings } from './findings.ts';
import { groupOfMember } from './folders.ts';
import { foreignFormat } from './foreign.ts';
import type { FileToRead, ImportKind, ImportOptions } from './item.ts';
import { isAskedFor, readItem } from './item.ts';
import type { FoundItem } from './items.ts';
import { findItems } from './items.ts';
import type { ExportedList } from './list-names.ts';
import { listOfName, listOfPath } from './list-names.ts';
import { membersSaid } from './members-said.ts';
import { isEmptyProof, takeAsNamed } from './named-parts.ts';
import { besideOthers } from './told-by-objects.ts';
import { listOfKind } from './whole-lists.ts';

/** Far more than the 195 policies and 195 IP locations of a tenant (D-PLAN, D-NET): a file with more is something else. */
const MOST_OF_A_KIND = 5000;

/** Reads the bytes of one file. Everything that is wrong with it is in the findings; it never throws for its content. */
export function readFileContents(
  place: FileToRead,
  bytes: Uint8Array,
  { kind = 'auto', now }: Pick<ImportOptions, 'kind' | 'now'>,
): FileContents {
  const { file } = place;
  const findings = new Findings(file);
  const contents = noContents(findings, now);
  const decoded = decodeText(bytes);
  if (!decoded.ok) {
    findings.add('error', decoded.fault.code, decoded.fault.message, { file });
    return contents;
  }
  const documents = documentsOf(decoded.text, file, findings);
  // Lines of objects are a list of them.
  const isInList = documents.length > 1;
  const found = documents.map(({ document, placeAt }) => {
    const source: Source = { place: (pointer) => placeAt(document.positionOf(pointer), pointer) };
    for (const { severity, code, message, pointer, position } of document.findings) {
      findings.add(severity, code, message, placeAt(position, pointer));
    }
    const { items, announced, proofs, emptyContext } = findItems(document.value, source, findings, {
      called: calledAfter(file, kind),
      isInList,
    });
    return { items, announced, proofs, emptyContext, source };
  });
  const lines = isInList ? found.flatMap(({ items }) => items) : [];
  contents.proofs.cut.push(...besideOthers(lines, findings, { file }));
  for (const each of found) takeAsNamed(each, findings);
  for (const { items, announced, proofs, emptyContext, source } of found) {
    if (isWithinLimits(items, findings)) {
      for (const item of items) readItem(item, place, kind, contents);
    }
    const emptyGroup = emptyContext === undefined ? undefined : groupWithoutMembers(file, emptyContext);
    if (emptyGroup !== undefined && isAskedFor('groups', kind)) {
      const at = new Cursor({ findings, source, unknown: contents.unknownMembers });
      contents.emptyGroups.push({ value: { id: emptyGroup, members: [] }, at });
    }
    if (emptyGroup === undefined && groupOfMember(file) === undefined)
      contents.proofs.empty.push(...proofs.empty.filter((list) => isAskedFor(list, kind) && isEmptyProof(list, file)));
    contents.proofs.cut.push(...proofs.cut);
    contents.proofs.last.push(...proofs.last);
    contents.proofs.listed.push(...listsOf(items));
    contents.proofs.whole.push(...proofs.whole);
    contents.proofs.counted.push(...proofs.counted);
    if (items.length === 0 && findings.sound) {
      contents.emptyKind = announced ?? 'empty';
      const message =
        emptyGroup === undefined
          ? emptyMessage(isAmongDeleted(file), proofs.empty)
          : 'is a list of the members of a group that holds none';
      findings.add('note', 'nothingInside', message, { file });
    }
  }
  return contents;
}

/** The lists of which an item stands in a list, and not in a part of it. */
function listsOf(items: readonly FoundItem[]): ReadonlySet<ExportedList> {
  const listed = items.filter((item) => !item.isAlone && !item.isOfPart && isLiveItem(item));
  return new Set(listed.flatMap(({ kind }) => listOfKind(kind) ?? []));
}

/** The group of which an answer without anybody says that nobody is in it; one of members of one kind alone does not. */
function groupWithoutMembers(file: string, context: string): string | undefined {
  const said = membersSaid(file, context);
  return said?.of === 'group' && !said.isOfOneKind ? said.id : undefined;
}

function emptyMessage(isOfDeleted: boolean, lists: readonly ExportedList[]): string {
  if (isOfDeleted) return 'is a list of deleted items that holds none, which says nothing of those that are live';
  if (lists.length > 0) return `is a list of ${lists.join(' and ')} that holds none`;
  return 'is a list without items, and neither its context nor its name says of what: give it with `--kind`';
}

/** What `--kind` says goes before the name of the file, where it is one list. */
function calledAfter(file: string, kind: ImportKind): ExportedList | undefined {
  return kind === 'locations' ? 'namedLocations' : (listOfName(kind) ?? listOfPath(file));
}

function isWithinLimits(items: readonly FoundItem[], findings: Findings): boolean {
  for (const kind of ['policies', 'namedLocations'] as const) {
    const count = items.filter((item) => item.kind === kind).length;
    if (count <= MOST_OF_A_KIND) continue;
    findings.add('error', 'tooMany', `holds ${count} ${kind}, more than ${MOST_OF_A_KIND}`, { file: findings.file });
    return false;
  }
  return true;
}

interface DocumentAt {
  readonly document: JsonDocument;
  placeAt(position: TextPosition, pointer: string): Place;
}

/** One document, or one on each line (NDJSON); none when the text is something else, which the findings say. */
function documentsOf(text: string, file: string, findings: Findings): readonly DocumentAt[] {
  const whole = readJson(text);
  if (whole.ok) return [documentAt(whole.document, file, 0)];
  const lines = linesOfJson(text);
  if (lines !== undefined) {
    return lines.flatMap(({ line, text: written }) => {
      const reading = readJson(written);
      if (reading.ok) return [documentAt(reading.document, file, line - 1)];
      const { code, message, position } = reading.fault;
      findings.add('error', code, message, { file, line, column: position.column });
      return [];
    });
  }
  const foreign = whole.fault.code === 'emptyFile' ? undefined : foreignFormat(text, file);
  const place = foreign === undefined ? { file, ...whole.fault.position } : { file };
  findings.add('error', foreign?.code ?? whole.fault.code, foreign?.message ?? whole.fault.message, place);
  return [];
}

function documentAt(document: JsonDocument, file: string, linesBefore: number): DocumentAt {
  const placeAt = ({ line, column }: TextPosition, pointer: string) => ({
    file,
    line: line + linesBefore,
    column,
    ...(pointer === '' ? {} : { pointer }),
  });
  return { document, placeAt };
}

/** The lines with something on them, when the first is a whole JSON object and there are more. */
function linesOfJson(text: string): readonly { line: number; text: string }[] | undefined {
  const lines = text
    .split(/\r?\n/)
    .map((each, at) => ({ line: at + 1, text: each }))
    .filter(({ text: each }) => each.trim() !== '');
  const [first] = lines;
  return first !== undefined && lines.length > 1 && /^\s*\{/.test(first.text) && readJson(first.text).ok
    ? lines
    : undefined;
}
