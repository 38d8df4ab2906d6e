import { AUTH_OPTIONS } from './auth-options.ts';
import { FIELD_OPTIONS } from './field-options.ts';

const NEW_ENDPOINT = ['name', 'url', ...Object.keys(FIELD_OPTIONS), ...Object.keys(AUTH_OPTIONS)];

/** The options of each word after `endpoints`, but for those all have; words that are not named have none. */
export const WORD_OPTIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['create', NEW_ENDPOINT],
  ['update', [...NEW_ENDPOINT, 'no-auth', 'replace-auth']],
  ['rotate-secret', ['overlap-seconds']],
  ['replay', ['guid', 'from', 'to', 'states']],
]);
