import type { UtteranceRow } from '@earshot/export-files';

const DAY_MS = 86_400_000;
const DAY_AT = Date.UTC(2026, 10, 22);
const ROWS_PER_CALL = 60;
const TURNS = [
  'Hello, I would like to upgrade my internet plan to GOLD.',
  'Sure, may I have your account number and the PIN, please?',
  'It is #### and the card ends in ####, "the black one".',
  'Thank you. Let me pull that up, it will take a moment',
  'No problem, take your time.',
  'I see two lines here, one is at the old address; shall I move it, too?',
];

/** A day of calls of 60 turns, the same in each run; ids and words differ from row to row as they do in life. */
export async function* exportRows(rowCount: number): AsyncGenerator<UtteranceRow> {
  for (let index = 0; index < rowCount; index += 1) {
    const call = Math.floor(index / ROWS_PER_CALL);
    const isCustomer = index % 2 === 0;
    const id = mixed(index);
    yield {
      createdAtMs: DAY_AT + Math.floor((index * DAY_MS) / rowCount),
      conversationId: `01KB${hex(call)}7H3J4DPBDKB1`,
      externalConversationId: `${hex(call).slice(0, 8)}-8764-4a92-adc4-${hex(call + 1).slice(0, 8)}f016`,
      utteranceId: `01KB${id.toString(16).padStart(8, '0').toUpperCase()}${hex(index + 7)}DPBDKB`,
      streamId: `${hex(call * 2 + (index % 2)).slice(0, 8)}-3f38-41ed-9116-7a0a36c763f1`,
      senderType: isCustomer ? 'customer' : 'agent',
      senderId: isCustomer ? `TT${call}` : `RE${call % 500}`,
      utterance: `${TURNS[index % TURNS.length] ?? ''} ${id % 100_000}`,
      startMs: (index % ROWS_PER_CALL) * 4000,
      endMs: (index % ROWS_PER_CALL) * 4000 + 1000 + (id % 2500),
      language: 'en-US',
      companyMarker: 'team',
    };
  }
}

function hex(value: number): string {
  return mixed(value).toString(16).padStart(8, '0');
}

/** Spreads neighbouring numbers over 32 bits (the finaliser of MurmurHash3). */
function mixed(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
