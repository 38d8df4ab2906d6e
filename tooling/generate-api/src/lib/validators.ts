import { Ajv2020 } from 'ajv/dist/2020.js';
import { _, type AnySchemaObject } from 'ajv';
import standaloneCodeModule from 'ajv/dist/standalone/index.js';
import { isObject, resolvePointer, type JsonObject } from './bundle.ts';

const standaloneCode = standaloneCodeModule.default;

/** Bodies by export name; the schema of the same name in the document. */
const BODY_SCHEMAS = {
  startStreamingBody: 'StartStreamingBody',
  stopStreamingBody: 'StopStreamingBody',
  createEndpointBody: 'CreateEndpointBody',
  updateEndpointBody: 'UpdateEndpointBody',
  endpointSecretInput: 'EndpointSecretInput',
  endpointCaInput: 'EndpointCaInput',
  endpointMtlsInput: 'EndpointMtlsInput',
  endpointOAuth2Input: 'EndpointOAuth2Input',
  endpointSignatureInput: 'EndpointSignatureInput',
  rotateBody: 'RotateBody',
  replayBody: 'ReplayBody',
  createKeyBody: 'CreateKeyBody',
  createCustomVocabularyBody: 'CreateCustomVocabularyBody',
  updateRedactionEntityBody: 'UpdateRedactionEntityBody',
  putRedactionPolicyBody: 'PutRedactionPolicyBody',
  putSpeechSettingsBody: 'PutSpeechSettingsBody',
  upsertConversationBody: 'UpsertConversationBody',
  fileMessageBody: 'FileMessageBody',
  fileMessagesBody: 'FileMessagesBody',
  retentionSettings: 'RetentionSettings',
  listFeedVersionsBody: 'ListFeedVersionsBody',
  listFeedFormatsBody: 'ListFeedFormatsBody',
  listFeedDatesBody: 'ListFeedDatesBody',
  listFeedIntervalsBody: 'ListFeedIntervalsBody',
  listFeedFilesBody: 'ListFeedFilesBody',
  getFeedFileBody: 'GetFeedFileBody',
  transcriptWebhook: 'TranscriptWebhook',
  partialWebhook: 'PartialWebhook',
} as const;

/** Operations whose query parameters get a check of their own. */
const QUERY_OPERATIONS = [
  'listMessages',
  'listConversations',
  'listConversationMessages',
  'getRecording',
  'getTranscript',
  'listEndpoints',
  'listKeys',
  'listDeliveries',
  'listEvents',
  'listHolds',
  'listErasures',
  'getRetentionCounts',
  'listCustomVocabularies',
  'listRedactionEntities',
  'followCall',
];

const LENGTH_REQUIRE = 'require("ajv/dist/runtime/ucs2length").default';
const LENGTH_FUNCTION = '((text) => { let count = 0; for (const _ of text) count += 1; return count; })';

/** ESM code with one check per body and query, and the wording of each pattern. */
export function generateValidators(document: JsonObject): string {
  const bodies = compile(document, bodySchemas(), false);
  const queries = compile(document, querySchemas(document), true);
  const parts = [
    asModule(bodies, Object.keys(bodySchemas()), 'body'),
    asModule(queries, Object.keys(querySchemas(document)), 'query'),
    `export const patternTexts: Readonly<Record<string, string>> = ${JSON.stringify(patternTexts(document), null, 2)};`,
  ];
  return `${["import type { CompiledCheck } from '../lib/compiled-check.ts';", ...parts].join('\n\n')}\n`;
}

function bodySchemas(): Record<string, AnySchemaObject> {
  return Object.fromEntries(
    Object.entries(BODY_SCHEMAS).map(([name, schema]) => [
      name,
      { $ref: `earshot#/components/schemas/${schema}` },
    ]),
  );
}

function querySchemas(document: JsonObject): Record<string, AnySchemaObject> {
  return Object.fromEntries(
    QUERY_OPERATIONS.map((operation) => [`${operation}Query`, querySchema(document, operation)]),
  );
}

function querySchema(document: JsonObject, operationId: string): AnySchemaObject {
  const properties: JsonObject = {};
  const required: string[] = [];
  for (const listed of parametersOf(document, operationId)) {
    const parameter =
      isObject(listed) && typeof listed['$ref'] === 'string'
        ? resolvePointer(document, listed['$ref'])
        : listed;
    if (!isObject(parameter) || parameter['in'] !== 'query' || typeof parameter['name'] !== 'string')
      continue;
    properties[parameter['name']] = absoluteReference(parameter['schema']);
    if (parameter['required'] === true) required.push(parameter['name']);
  }
  return { type: 'object', properties, required };
}

function absoluteReference(schema: unknown): unknown {
  return isObject(schema) && typeof schema['$ref'] === 'string'
    ? { $ref: `earshot${schema['$ref']}` }
    : schema;
}

function parametersOf(document: JsonObject, operationId: string): readonly unknown[] {
  const paths = isObject(document['paths']) ? Object.values(document['paths']) : [];
  for (const path of paths) {
    for (const operation of isObject(path) ? Object.values(path) : []) {
      if (isObject(operation) && operation['operationId'] === operationId) {
        return Array.isArray(operation['parameters']) ? operation['parameters'] : [];
      }
    }
  }
  throw new Error(`Cannot find operation ${operationId} in the document`);
}

function compile(document: JsonObject, schemas: Record<string, AnySchemaObject>, coerce: boolean): string {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    validateFormats: false,
    coerceTypes: coerce,
    code: { source: true, esm: true, lines: true, formats: _`undefined` },
  });
  ajv.addSchema({ $id: 'earshot', components: document['components'] });
  for (const [name, schema] of Object.entries(schemas)) ajv.addSchema({ ...schema, $id: name });
  return standaloneCode(ajv, Object.fromEntries(Object.keys(schemas).map((name) => [name, name])));
}

/**
 * Wraps the compiled code in a function scope, so that two runs of the compiler can share a file, and gives
 * its exports a type. Nothing may be loaded at run time: the code has to work from `src` and from `dist`.
 */
function asModule(code: string, names: readonly string[], scope: string): string {
  const exports = new Map<string, string>();
  const body = code
    .replace('"use strict";', '')
    .replaceAll(/export const (\w+) = (\w+);/g, (_match, name: string, value: string) => {
      exports.set(name, value);
      return '';
    })
    .replaceAll(LENGTH_REQUIRE, LENGTH_FUNCTION);
  if (/\brequire\(|\bimport\b/.test(body))
    throw new Error('Cannot write validators: the code loads a module');
  const returned = names.map((name) => {
    const value = exports.get(name);
    if (value === undefined) throw new Error(`Cannot write validators: ${name} was not compiled`);
    return `${name}: ${value}`;
  });
  const lines = [
    `const ${scope}Checks = (() => {`,
    body.trim(),
    `return { ${returned.join(', ')} };`,
    '})();',
    ...names.map((name) => `export const ${name}: CompiledCheck = ${scope}Checks.${name};`),
  ];
  return lines.join('\n');
}

function patternTexts(document: JsonObject): Record<string, string> {
  const found = new Map<string, string>();
  const visit = (at: unknown): void => {
    if (Array.isArray(at)) at.forEach(visit);
    if (!isObject(at)) return;
    const { pattern, 'x-accepts': accepts } = at;
    if (typeof pattern === 'string' && typeof accepts === 'string') found.set(pattern, accepts);
    Object.values(at).forEach(visit);
  };
  visit(document);
  return Object.fromEntries([...found].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
