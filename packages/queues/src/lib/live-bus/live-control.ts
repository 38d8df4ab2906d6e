import { queueError } from '../queue-error.ts';
import type { LiveScope } from './live-event.ts';
import { parseObject } from './live-payload.ts';

/** `who`: everybody who watches is to say so now. `watch`: what somebody watches. */
export type LiveControl =
  { readonly type: 'who' } | { readonly type: 'watch'; readonly scopes: readonly LiveScope[] };

const ID_CHARS_MAX = 300;
/** Of 300 characters twice: what fits a NOTIFY whatever the characters. */
const SCOPES_OF_MESSAGE_MAX = 4;

export const WHO = JSON.stringify({ type: 'who' });

/** Scopes in as many messages as they need. */
export function writeWatches(scopes: readonly LiveScope[]): readonly string[] {
  const count = Math.ceil(scopes.length / SCOPES_OF_MESSAGE_MAX);
  return Array.from({ length: count }, (_, index) => {
    const from = index * SCOPES_OF_MESSAGE_MAX;
    return JSON.stringify({ type: 'watch', scopes: scopes.slice(from, from + SCOPES_OF_MESSAGE_MAX) });
  });
}

/** Throws `queues.payload-invalid`. */
export function readLiveControl(payload: string): LiveControl {
  const fields = parseObject(payload);
  const [type, scopes] = [fields.get('type'), fields.get('scopes')];
  if (type === 'who') return { type };
  if (type !== 'watch' || !Array.isArray(scopes) || scopes.length > SCOPES_OF_MESSAGE_MAX) throw invalid();
  return { type, scopes: scopes.map(readScope) };
}

function readScope(value: unknown): LiveScope {
  if (typeof value !== 'object' || value === null) throw invalid();
  const fields = new Map<string, unknown>(Object.entries(value));
  const tenantId = fields.get('tenantId');
  const conversationId = fields.get('conversationId');
  const partials = fields.get('partials');
  if (!isId(tenantId) || typeof partials !== 'boolean') throw invalid();
  if (conversationId === undefined) return { tenantId, partials };
  if (!isId(conversationId)) throw invalid();
  return { tenantId, conversationId, partials };
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= ID_CHARS_MAX;
}

function invalid(): Error {
  return queueError('queues.payload-invalid', 'Cannot read live control message: not what it must be');
}
