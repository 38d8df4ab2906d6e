import fc from 'fast-check';
import type { UtteranceRow } from '../lib/utterance-row.ts';

/** Any text PostgreSQL can hold: well-formed, without NUL. */
const text = fc
  .string({ unit: 'binary', maxLength: 40 })
  .map((value) => value.replaceAll('\0', ''))
  .filter((value) => value.isWellFormed());
const offsetMs = fc.option(fc.integer({ min: 0, max: 2 ** 36 }));

export const arbitraryRow: fc.Arbitrary<UtteranceRow> = fc.record({
  createdAtMs: fc.integer({ min: 0, max: Date.UTC(2200, 0, 1) }),
  conversationId: text,
  externalConversationId: text,
  utteranceId: text,
  streamId: fc.option(text),
  senderType: fc.constantFrom('customer', 'agent', 'system'),
  senderId: fc.option(text),
  utterance: fc.oneof(
    text,
    fc.tuple(fc.constantFrom('=', '+', '-', '@', '\t=', ' "', '\r\n'), text).map((parts) => parts.join('')),
  ),
  startMs: offsetMs,
  endMs: offsetMs,
  language: fc.option(text),
  companyMarker: text,
});
