import { encodeJson, encodeText } from '../encode.ts';
import type { PipelineFinding, PipelineReport, PipelineRule } from '../pipeline.ts';
import { pipelineOf } from '../pipeline-of.ts';
import type { Report } from '../report.ts';

/** What a report tells pipelines, as a SARIF log. */
export function write(report: Report): Iterable<string> {
  return writeSarif(pipelineOf(report));
}

/** SARIF 2.1.0 (OASIS), with the members that GitHub code scanning asks for. */
export function* writeSarif({ tool, version, rules, findings, suites }: PipelineReport): Iterable<string> {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: tool, semanticVersion: version, rules: rules.map(ruleOf) } },
        automationDetails: { id: `${tool.replaceAll(' ', '-')}/` },
        columnKind: 'utf16CodeUnits',
        // A test that could not be run is a finding of its own; the run itself came to its end.
        invocations: [
          { executionSuccessful: !suites.some(({ cases }) => cases.some(({ status }) => status === 'error')) },
        ],
        results: findings.map((finding) => resultOf(finding, rules)),
      },
    ],
  };
  yield `${encodeJson(JSON.stringify(log, null, 2))}\n`;
}

function ruleOf({ id, name, summary, help, helpUri, level }: PipelineRule) {
  return {
    id,
    name: pascal(name),
    shortDescription: { text: summary },
    fullDescription: { text: help },
    help: { text: help },
    ...(helpUri === undefined ? {} : { helpUri }),
    defaultConfiguration: { level },
  };
}

function resultOf(finding: PipelineFinding, rules: readonly PipelineRule[]) {
  const { ruleId, level, title, message, place, subject, fingerprint } = finding;
  return {
    ruleId,
    ruleIndex: rules.findIndex(({ id }) => id === ruleId),
    level,
    message: { text: [title, ...message].map(encodeText).join('\n') },
    locations: [
      {
        ...(place === undefined
          ? {}
          : {
              physicalLocation: {
                artifactLocation: artifactOf(place.file),
                region: { startLine: place.line, startColumn: place.column },
              },
            }),
        logicalLocations: [{ fullyQualifiedName: encodeText(subject) }],
      },
    ],
    partialFingerprints: { 'gsa/v1': encodeText(fingerprint) },
  };
}

/** Relative to the repository where the file lies inside; an absolute path is a URI of its own. */
function artifactOf(file: string): { readonly uri: string; readonly uriBaseId?: string } {
  const uri = file.split('/').map(encodeSegment).join('/');
  if (file.startsWith('/')) return { uri: `file://${uri}` };
  if (/^[a-z]:/i.test(file)) return { uri: `file:///${uri}` };
  return { uri, uriBaseId: '%SRCROOT%' };
}

/** A lone surrogate has no bytes to be encoded. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment.toWellFormed());
}

function pascal(name: string): string {
  return name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
