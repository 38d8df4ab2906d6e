import type { Fault } from './fault.ts';

export type FaultKind = Fault['kind'];

/** How the value of a parameter is written in a plan. */
export type FaultParameterType =
  | { readonly type: 'number'; readonly min: number; readonly max: number }
  | { readonly type: 'text' }
  | { readonly type: 'choice'; readonly choices: readonly string[] }
  /** `true` or left out. */
  | { readonly type: 'flag' };

export type FaultParameter = FaultParameterType & {
  readonly name: string;
  /** `ms`, `bytes` and so on; none for texts. */
  readonly unit?: string;
  /** What holds when it is left out; absent for a parameter that must be given. */
  readonly default?: string;
};

/** One kind of fault as people are told of it. */
export interface FaultDescription {
  readonly kind: FaultKind;
  readonly layer: 'request' | 'body' | 'fragment';
  readonly description: string;
  readonly parameters: readonly FaultParameter[];
}

const WHOLE_MAX = Number.MAX_SAFE_INTEGER;
const STALL_MS_MAX = 3_600_000;

const times: FaultParameter = { ...count('times', 'strikes', 1), default: '1' };
const afterBytes = count('afterBytes', 'bytes', 0);
const afterFragments = count('afterFragments', 'fragments', 0);

/** Fragments are named by `fragments`: `{"ordinals": [3, 4]}` or `{"every": 7, "offset": 2}`. */
export const FAULT_CATALOGUE: readonly FaultDescription[] = [
  request('refuse', 'a request is refused before anything is read', [
    {
      ...choice('operation', ['GetMedia', 'GetDataEndpoint', 'ListFragments', 'GetMediaForFragmentList']),
      default: 'GetMedia',
    },
    choice('error', [
      'not-found',
      'connection-limit',
      'throttled',
      'access-denied',
      'expired-token',
      'invalid-endpoint',
      'server-error',
      'no-answer',
    ]),
    times,
  ]),
  body('cut', 'the connection breaks after that many bytes', [afterBytes, times]),
  body('end', 'the body ends in order after that many bytes, also within an element', [afterBytes, times]),
  body('session-end', 'the body ends in order after that many whole fragments', [
    afterFragments,
    { ...times, default: 'every response' },
  ]),
  body('stall', 'nothing comes for a while after that many bytes', [
    afterBytes,
    { ...count('forMs', 'ms', 0), max: STALL_MS_MAX },
    times,
  ]),
  body('chunks', 'written to the socket in pieces of that many bytes', [count('bytes', 'bytes', 1)]),
  body('error-document', 'after that many whole fragments an error document comes and the body ends', [
    afterFragments,
    { name: 'errorId', type: 'text' },
    { name: 'errorCode', type: 'text' },
    times,
  ]),
  body('repeat-on-reconnect', 'a later response begins with fragments before the ones asked for', [
    count('fragments', 'fragments', 1),
  ]),
  fragment('missing', 'not stored at all: number and time jump', []),
  fragment('foreign-contact', 'of another contact', [{ name: 'contactId', type: 'text' }]),
  fragment('no-identity', 'without ContactId and the other tags of the producer', []),
  fragment('swap-tracks', 'track numbers the other way round, names as they were', []),
  fragment('one-track', 'only that side has a track and blocks', [choice('role', ['customer', 'agent'])]),
  fragment('short-blocks', 'the same PCM in blocks of at most that many bytes', [count('bytes', 'bytes', 1)]),
  fragment('clock-skew', 'its server time is off', [
    { name: 'serverAheadMs', type: 'number', unit: 'ms', min: -WHOLE_MAX, max: WHOLE_MAX },
  ]),
  fragment('broken-tag', 'one more tag whose value is not UTF-8', []),
  fragment('encoding', 'written in another way that means the same', [
    flag('void'),
    flag('crc32'),
    flag('eightByteSizes'),
    flag('knownSizes'),
    flag('blockGroups'),
  ]),
  fragment('damage', 'bytes of its Cluster are overwritten or left out, or its first twelve zeroed', [
    choice('how', ['random', 'missing', 'zeroed-header']),
    { ...count('bytes', 'bytes', 1), default: '400' },
    { ...count('seed', '', 0), default: '0' },
  ]),
];

function request(kind: FaultKind, description: string, parameters: FaultParameter[]): FaultDescription {
  return { kind, layer: 'request', description, parameters };
}

function body(kind: FaultKind, description: string, parameters: FaultParameter[]): FaultDescription {
  return { kind, layer: 'body', description, parameters };
}

function fragment(kind: FaultKind, description: string, parameters: FaultParameter[]): FaultDescription {
  return { kind, layer: 'fragment', description, parameters };
}

function count(name: string, unit: string, min: number) {
  return { name, type: 'number', ...(unit === '' ? {} : { unit }), min, max: WHOLE_MAX } as const;
}

function choice(name: string, choices: readonly string[]) {
  return { name, type: 'choice', choices } as const;
}

function flag(name: string): FaultParameter {
  return { name, type: 'flag', default: 'off' };
}
