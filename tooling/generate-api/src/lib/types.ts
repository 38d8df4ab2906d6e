import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import type { JsonObject } from './bundle.ts';

/** openapi-typescript checks the document itself and says where it is not OpenAPI. */
function asOpenApi(document: JsonObject): OpenAPI3 {
  return structuredClone(document) as unknown as OpenAPI3;
}

/** The TypeScript declarations of the document, as openapi-typescript writes them. */
export async function generateTypes(document: JsonObject): Promise<string> {
  const nodes = await openapiTS(asOpenApi(document), { defaultNonNullable: false });
  return astToString(nodes);
}
