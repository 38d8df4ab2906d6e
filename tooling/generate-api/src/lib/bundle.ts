import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';

export type JsonObject = { [key: string]: unknown };

/** Keys whose children come from several files; everything deeper belongs to one file. */
const SHARED_SECTIONS = new Set([
  'paths',
  'webhooks',
  'components',
  'components/schemas',
  'components/responses',
  'components/parameters',
  'components/headers',
  'components/securitySchemes',
]);

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Merges the YAML files of a folder into one document; `openapi.yaml` first, the others by name. */
export async function bundle(directory: string): Promise<JsonObject> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.yaml'));
  names.sort((a, b) => Number(b === 'openapi.yaml') - Number(a === 'openapi.yaml') || (a < b ? -1 : 1));
  const document: JsonObject = {};
  for (const name of names) {
    const part: unknown = parse(await readFile(join(directory, name), 'utf8'));
    if (!isObject(part)) throw new Error(`Cannot read ${name}: it holds no mapping`);
    mergePart(document, part, name, '');
  }
  checkReferences(document, document, '');
  return document;
}

function mergePart(into: JsonObject, part: JsonObject, file: string, path: string): void {
  for (const [key, value] of Object.entries(part)) {
    const here = path === '' ? key : `${path}/${key}`;
    const existing = into[key];
    if (existing === undefined) {
      into[key] = SHARED_SECTIONS.has(here) && isObject(value) ? mergedCopy(value, file, here) : value;
    } else if (SHARED_SECTIONS.has(here) && isObject(existing) && isObject(value)) {
      mergePart(existing, value, file, here);
    } else {
      throw new Error(`Cannot merge ${file}: ${here} is already defined in another file`);
    }
  }
}

function mergedCopy(value: JsonObject, file: string, path: string): JsonObject {
  const copy: JsonObject = {};
  mergePart(copy, value, file, path);
  return copy;
}

/** Follows a local JSON pointer such as `#/components/schemas/Guid`; undefined where it leads nowhere. */
export function resolvePointer(document: JsonObject, pointer: string): unknown {
  let at: unknown = document;
  for (const part of pointer.slice(2).split('/')) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    at = isObject(at) ? at[key] : undefined;
  }
  return at;
}

function checkReferences(document: JsonObject, at: unknown, path: string): void {
  if (Array.isArray(at)) {
    for (const [index, item] of at.entries()) checkReferences(document, item, `${path}/${index}`);
    return;
  }
  if (!isObject(at)) return;
  const reference = at['$ref'];
  if (typeof reference === 'string') {
    if (!reference.startsWith('#/') || resolvePointer(document, reference) === undefined) {
      throw new Error(`Cannot resolve reference ${reference} at ${path}: nothing is there`);
    }
  }
  for (const [key, value] of Object.entries(at)) checkReferences(document, value, `${path}/${key}`);
}
