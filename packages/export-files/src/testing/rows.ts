import type { UtteranceRow } from '../lib/utterance-row.ts';

export const ROW: UtteranceRow = {
  createdAtMs: Date.UTC(2026, 10, 22, 13, 45, 6, 789),
  conversationId: '01GMXE90AEV7H3J4DPBDKB1R79',
  externalConversationId: '8c259fea-8764-4a92-adc4-73572e9cf016',
  utteranceId: '01GMXE90AEV7H3J4DPBDKB1R80',
  streamId: 'cf311161-3f38-11ed-9116-7a0a36c763f1',
  senderType: 'customer',
  senderId: 'TT9833237',
  utterance: 'My PIN is ####.',
  startMs: 400,
  endMs: 3968,
  language: 'en-US',
  companyMarker: 'team',
};

/** A message that was typed: no audio, no times of speech. */
export const TYPED_ROW: UtteranceRow = {
  ...ROW,
  streamId: null,
  senderType: 'system',
  senderId: null,
  startMs: null,
  endMs: null,
  language: null,
};

export async function* each(rows: Iterable<UtteranceRow>): AsyncGenerator<UtteranceRow> {
  yield* rows;
}

export async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

export async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  return (await bytesOf(chunks)).toString('utf8');
}
