import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { findOperation, type OpenApiDocument, type Operation } from './find-operation.ts';

/** What was asked of an app. */
export interface AnsweredRequest {
  readonly method: string;
  /** With or without origin and query. */
  readonly path: string;
}

const DOCUMENT_ID = 'earshot';
const METHODS = new Set(['get', 'put', 'post', 'patch', 'delete']);
const document = readDocument();
const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
addFormats.default(ajv);
ajv.addSchema({ $id: DOCUMENT_ID, components: absolute(document.components) });
const compiled = new Map<string, ValidateFunction>();

/**
 * What of an answer is not as the contract says: its status, the type of its body, or the body itself, where it is JSON that is
 * not compressed. None for a path that the contract does not have. The body of the answer is left unread.
 */
export async function checkAnswer(request: AnsweredRequest, answer: Response): Promise<readonly string[]> {
  const found = findOperation(document, request.method, new URL(request.path, 'http://app.test').pathname);
  if (found === undefined) return [];
  const { operation } = found;
  const told = tellOf(operation, answer.status);
  if (told === undefined) return [`${operation.operationId} has no answer ${answer.status}`];
  const types = Object.keys(told.content ?? {});
  const type = answer.headers.get('content-type')?.split(';')[0] ?? undefined;
  if (types.length === 0) return answer.body === null ? [] : [`its answer ${answer.status} has a body`];
  if (type === undefined || !types.includes(type)) {
    return [`${operation.operationId} ${answer.status} is ${String(type)}, not ${types.join(' or ')}`];
  }
  const isReadable = type.endsWith('json') && !answer.headers.has('content-encoding');
  if (!isReadable || request.method === 'HEAD') return [];
  const where = `${operation.operationId} ${answer.status} ${type}`;
  const check = compile(where, told.content?.[type]?.schema ?? {});
  return check(await answer.clone().json()) ? [] : problemsOf(where, check);
}

/** A request for each operation of the contract, with `unknown` in place of every parameter of its path. */
export function contractRequests(): readonly (AnsweredRequest & { readonly operationId: string })[] {
  return Object.entries(document.paths).flatMap(([template, operations]) =>
    Object.entries(operations)
      .filter(([method]) => METHODS.has(method))
      .map(([method, { operationId }]) => ({
        operationId,
        method: method.toUpperCase(),
        path: template.replaceAll(/\{\w+\}/g, 'unknown'),
      })),
  );
}

/** The app, each of whose answers is rejected where the contract does not have it. */
export function withCheckedAnswers<
  App extends { request: (path: string, init?: RequestInit) => Response | Promise<Response> },
>(app: App): App {
  const ask = app.request.bind(app);
  const request = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const answer = await ask(path, init);
    const problems = await checkAnswer({ method: init.method ?? 'GET', path }, answer);
    if (problems.length > 0) throw new Error(`The contract has no such answer: ${problems.join('; ')}`);
    return answer;
  };
  return Object.assign(app, { request });
}

interface Told {
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
}

/** What stands under `default` is for failures only. */
function tellOf({ responses }: Operation, status: number): Told | undefined {
  const told = responses[String(status)] ?? (status >= 400 ? responses['default'] : undefined);
  if (told === undefined || !('$ref' in told)) return told;
  return document.components.responses[told.$ref.slice(told.$ref.lastIndexOf('/') + 1)];
}

/** A field that the contract does not name is a problem too, as far as the outermost object goes. */
function compile(where: string, schema: object): ValidateFunction {
  const known = compiled.get(where);
  if (known !== undefined) return known;
  const check = ajv.compile({ allOf: [absolute(schema)], unevaluatedProperties: false });
  compiled.set(where, check);
  return check;
}

/** Values are left out: an answer may hold what somebody said. */
function problemsOf(where: string, { errors }: ValidateFunction): readonly string[] {
  return (errors ?? []).map(({ instancePath, message = '', params }) => {
    const named = 'unevaluatedProperty' in params ? ` (${String(params['unevaluatedProperty'])})` : '';
    return `${where} at ${instancePath === '' ? '/' : instancePath} ${message}${named}`;
  });
}

function readDocument(): OpenApiDocument {
  const text = readFileSync(new URL('../generated/openapi.gen.json', import.meta.url), 'utf8');
  // Generated from the source and checked there.
  return JSON.parse(text) as OpenApiDocument;
}

/** References of the document, as they are from outside of it. */
function absolute<T extends object>(schema: T): T {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', `"$ref":"${DOCUMENT_ID}#/`)) as T;
}
