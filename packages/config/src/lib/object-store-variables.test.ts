import { describe, expect, it } from 'vitest';
import { readObjectStore, readOptionalObjectStore } from './object-store-variables.ts';
import { readEnv, type Env } from './read-env.ts';

const optional = (env: Env) =>
  readEnv(env, (read) => ({ store: readOptionalObjectStore(read, 'FILES') })).store;
const required = (env: Env) => readEnv(env, (read) => ({ store: readObjectStore(read, 'FILES') })).store;

const CASES: readonly { readonly given: Env; readonly want: object }[] = [
  { given: { FILES_DIRECTORY: '/files' }, want: { type: 'directory', directory: '/files' } },
  {
    given: { FILES_S3_BUCKET: 'b' },
    want: { type: 's3', bucket: 'b', prefix: '', region: 'us-east-1', endpoint: undefined },
  },
  {
    given: {
      FILES_S3_BUCKET: 'b',
      FILES_S3_PREFIX: 'p/q',
      AWS_REGION: 'eu-west-1',
      FILES_S3_ENDPOINT: 'http://store:9000',
    },
    want: { type: 's3', bucket: 'b', prefix: 'p/q', region: 'eu-west-1', endpoint: 'http://store:9000/' },
  },
];

describe('readOptionalObjectStore', () => {
  it.each(CASES)('reads $given', ({ given, want }) => expect(optional(given)).toEqual(want));

  it('is undefined where nothing is set', () => expect(optional({})).toBeUndefined());

  it('refuses two places', () => {
    const env = { FILES_DIRECTORY: '/files', FILES_S3_BUCKET: 'b' };
    expect(() => optional(env)).toThrow(/only one of it and FILES_S3_BUCKET/);
  });
});

describe('readObjectStore', () => {
  it.each(CASES)('reads $given', ({ given, want }) => expect(required(given)).toEqual(want));

  it.each<{ given: Env; want: RegExp }>([
    { given: {}, want: /FILES_DIRECTORY: expected exactly one of it and FILES_S3_BUCKET/ },
    {
      given: { FILES_DIRECTORY: '/files', FILES_S3_BUCKET: 'b' },
      want: /only one of it and FILES_S3_BUCKET/,
    },
  ])('refuses $given', ({ given, want }) => expect(() => required(given)).toThrow(want));
});
