import type { OutboundRequest } from './outbound-request.ts';

/** Hop-by-hop, framing and identity fields, and those the publisher writes itself. */
const RESERVED_NAMES: ReadonlySet<string> = new Set([
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'earshot-sequence',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'te',
  'traceparent',
  'tracestate',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
  'via',
]);
const RESERVED_PREFIXES = ['proxy-', 'webhook-', 'sec-', ':'];
const NAME_CHARS_MAX = 128;
const VALUE_CHARS_MAX = 4096;

/** Whether `name` is a field name (RFC 9110, section 5.1) that an endpoint may set. At most 128 characters. */
export function isSettableHeaderName(name: string): boolean {
  const lower = name.toLowerCase();
  if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(lower) || lower.length > NAME_CHARS_MAX) return false;
  return !RESERVED_NAMES.has(lower) && !RESERVED_PREFIXES.some((prefix) => lower.startsWith(prefix));
}

/**
 * Whether `value` can stand in a field as it is: printable ASCII, spaces and tabs inside only (RFC 9110, section
 * 5.5), so no line can be smuggled in. 1..4096 characters.
 */
export function isHeaderValue(value: string): boolean {
  return /^[\x21-\x7e](?:[\x20-\x7e\t]*[\x21-\x7e])?$/.test(value) && value.length <= VALUE_CHARS_MAX;
}

/** Replaces a header of that name in any case, so that two never travel together. */
export function withHeader(request: OutboundRequest, name: string, value: string): OutboundRequest {
  const others = Object.entries(request.headers).filter(
    ([other]) => other.toLowerCase() !== name.toLowerCase(),
  );
  return { ...request, headers: { ...Object.fromEntries(others), [name]: value } };
}
