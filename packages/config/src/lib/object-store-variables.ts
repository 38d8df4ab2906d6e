import type { EnvReader } from './env-reader.ts';

/** Where files are kept: a folder, or a bucket of Amazon S3 or of a store that is spoken to like it. */
export type ObjectStoreVariables =
  | { readonly type: 'directory'; readonly directory: string }
  | {
      readonly type: 's3';
      readonly bucket: string;
      readonly prefix: string;
      readonly region: string;
      readonly endpoint: string | undefined;
    };

/**
 * At most one of `<NAME>_DIRECTORY` and `<NAME>_S3_BUCKET`, the bucket with `<NAME>_S3_PREFIX` (none), `AWS_REGION`
 * (us-east-1) and `<NAME>_S3_ENDPOINT` (Amazon's). `undefined` where neither is set.
 *
 * @param name such as `EXPORT`
 */
export function readOptionalObjectStore(read: EnvReader, name: string): ObjectStoreVariables | undefined {
  const directory = read.optionalString(`${name}_DIRECTORY`);
  const bucket = read.optionalString(`${name}_S3_BUCKET`);
  if (directory !== undefined && bucket !== undefined) {
    read.reject(`${name}_DIRECTORY`, `only one of it and ${name}_S3_BUCKET to be set`);
  }
  if (directory !== undefined) return { type: 'directory', directory };
  if (bucket === undefined) return undefined;
  return {
    type: 's3',
    bucket,
    prefix: read.string(`${name}_S3_PREFIX`, { default: '' }),
    region: read.string('AWS_REGION', { default: 'us-east-1' }),
    endpoint: read.optionalUrl(`${name}_S3_ENDPOINT`, { protocols: ['https', 'http'] })?.href,
  };
}

/** As `readOptionalObjectStore`, where exactly one of the two has to be set. */
export function readObjectStore(read: EnvReader, name: string): ObjectStoreVariables {
  const found = readOptionalObjectStore(read, name);
  if (found !== undefined) return found;
  read.reject(`${name}_DIRECTORY`, `exactly one of it and ${name}_S3_BUCKET to be set`);
  return { type: 'directory', directory: '' };
}
