import { invalidArgument, KvsError } from './kvs-error.ts';

/** Parameters of a request; every reader below refuses a value of another type with InvalidArgumentException. */
export type JsonObject = Readonly<Record<string, unknown>>;

const JSON_BODY_BYTES_MAX = 256 * 1024;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads a whole JSON body. An empty one is `{}`. */
export async function readJsonBody(body: AsyncIterable<Uint8Array>): Promise<JsonObject> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > JSON_BODY_BYTES_MAX) {
      throw new KvsError(
        413,
        'InvalidArgumentException',
        `Cannot read body: it exceeds ${JSON_BODY_BYTES_MAX} bytes`,
      );
    }
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  if (text === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new KvsError(400, 'SerializationException', 'Cannot read body: it is not JSON');
  }
  if (!isJsonObject(value)) throw invalidArgument('Cannot read body: it is not a JSON object');
  return value;
}

export function optionalText(input: JsonObject, name: string): string | undefined {
  const value = input[name] ?? undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw invalidArgument(`${name} is not a string`);
}

export function optionalNumber(input: JsonObject, name: string): number | undefined {
  const value = input[name] ?? undefined;
  if (value === undefined || typeof value === 'number') return value;
  throw invalidArgument(`${name} is not a number`);
}

export function optionalObject(input: JsonObject, name: string): JsonObject | undefined {
  const value = input[name] ?? undefined;
  if (value === undefined || isJsonObject(value)) return value;
  throw invalidArgument(`${name} is not an object`);
}

export function requiredText(input: JsonObject, name: string): string {
  const value = optionalText(input, name);
  if (value === undefined || value === '') throw invalidArgument(`${name} is missing`);
  return value;
}

export function requiredTexts(input: JsonObject, name: string): readonly string[] {
  const value = input[name];
  if (!Array.isArray(value)) throw invalidArgument(`${name} is not an array`);
  return value.map((text: unknown) => {
    if (typeof text !== 'string') throw invalidArgument(`${name} holds something that is not a string`);
    return text;
  });
}

/** Epoch seconds with a fraction, as AWS SDKs send times, in milliseconds. */
export function requiredTimestampMs(input: JsonObject, name: string): number {
  const seconds = optionalNumber(input, name);
  if (seconds === undefined) throw invalidArgument(`${name} is missing`);
  return Math.round(seconds * 1000);
}
