import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { bundle, isObject, resolvePointer, type JsonObject } from './bundle.ts';
import { generate, staleFiles, writeFiles } from './generate.ts';

const API = fileURLToPath(new URL('../../../../packages/api', import.meta.url));
const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'generate-api-'));
  folders.push(folder);
  return folder;
}

describe('generate', () => {
  it('gives the same bytes each time, and they are the ones committed', async () => {
    const files = await generate(API);
    expect(await generate(API)).toEqual(files);
    expect(await staleFiles(API, files)).toEqual([]);
  });

  it('names what is stale after the source changed', async () => {
    const api = await temporaryFolder();
    await cp(join(API, 'openapi'), join(api, 'openapi'), { recursive: true });
    await writeFiles(api, await generate(api));
    expect(await staleFiles(api, await generate(api))).toEqual([]);
    const extra = 'components: { schemas: { Extra: { type: string } } }\n';
    await writeFile(join(api, 'openapi', 'extra.yaml'), extra);
    const stale = await staleFiles(api, await generate(api));
    expect(stale).toEqual(['src/generated/openapi.gen.json', 'src/generated/types.gen.ts']);
  });

  it('writes validators that load nothing at run time', async () => {
    const code = (await generate(API)).get('src/generated/validators.gen.ts') ?? '';
    expect(code.match(/^import .*$/gm)).toEqual([
      "import type { CompiledCheck } from '../lib/compiled-check.ts';",
    ]);
    expect(code).not.toContain('require(');
  });
});

describe('bundle', () => {
  it('refuses a key that two files define', async () => {
    const folder = await temporaryFolder();
    const part = 'components: { schemas: { Guid: { type: string } } }\n';
    await writeFile(join(folder, 'a.yaml'), part);
    await writeFile(join(folder, 'b.yaml'), part);
    const message = 'Cannot merge b.yaml: components/schemas/Guid is already defined in another file';
    await expect(bundle(folder)).rejects.toThrow(message);
  });

  it('refuses a reference that leads nowhere', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'a.yaml'), "paths: { /a: { $ref: '#/components/schemas/None' } }\n");
    const message = 'Cannot resolve reference #/components/schemas/None at /paths//a: nothing is there';
    await expect(bundle(folder)).rejects.toThrow(message);
  });
});

interface Example {
  readonly at: string;
  readonly schema: string;
  readonly value: unknown;
}

/** Every example beside a schema, whether alone (`example`) or named (`examples`). */
function examplesOf(document: JsonObject): readonly Example[] {
  const found: Example[] = [];
  const visit = (at: unknown, path: string): void => {
    if (Array.isArray(at)) at.forEach((item, index) => visit(item, `${path}/${index}`));
    if (!isObject(at)) return;
    const schema = `earshot#${path}/schema`;
    if (isObject(at['schema'])) {
      if ('example' in at) found.push({ at: `${path}/example`, schema, value: at['example'] });
      for (const [name, example] of Object.entries(isObject(at['examples']) ? at['examples'] : {})) {
        if (isObject(example))
          found.push({ at: `${path}/examples/${name}`, schema, value: example['value'] });
      }
    }
    for (const [key, value] of Object.entries(at)) {
      visit(value, `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
    }
  };
  visit(document, '');
  return found;
}

function operationsOf(document: JsonObject): readonly (readonly [string, JsonObject])[] {
  const methods = ['get', 'post', 'patch', 'delete', 'put'];
  return Object.entries(isObject(document['paths']) ? document['paths'] : {}).flatMap(([path, item]) =>
    Object.entries(isObject(item) ? item : {}).flatMap(([method, operation]) =>
      methods.includes(method) && isObject(operation) ? [[`${method} ${path}`, operation] as const] : [],
    ),
  );
}

describe('the OpenAPI source', async () => {
  const document = await bundle(join(API, 'openapi'));
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormatsModule.default(ajv);
  ajv.addSchema({ ...document, $id: 'earshot' });

  it.each(examplesOf(document))('has a true example at $at', ({ schema, value }) => {
    const validate = ajv.compile({ $ref: schema });
    validate(value);
    expect(validate.errors).toBeNull();
  });

  it.each(operationsOf(document))(
    '%s has an id, a summary and answers for its errors',
    (_name, operation) => {
      expect(operation).toMatchObject({ operationId: expect.any(String), summary: expect.any(String) });
      const responses = isObject(operation['responses']) ? operation['responses'] : {};
      const common = ['401', '429', 'default'];
      const withBody = operation['requestBody'] === undefined ? [] : ['400', '413', '415'];
      expect(Object.keys(responses)).toEqual(expect.arrayContaining([...common, ...withBody]));
    },
  );

  it.each(operationsOf(document))('%s answers its errors in the shape of its path', (name, operation) => {
    const type = name.includes(' /earshot/') ? 'application/problem+json' : 'application/json';
    const responses = isObject(operation['responses']) ? operation['responses'] : {};
    for (const [status, response] of Object.entries(responses)) {
      if (/^[23]/.test(status) || !isObject(response)) continue;
      const target = resolvePointer(document, String(response['$ref']));
      expect(Object.keys((isObject(target) && target['content']) || {})).toEqual([type]);
    }
  });
});
