/** About 300 bytes, shaped as a transcript's. */
export function messageBody(guid: string, startMs: number): string {
  return JSON.stringify({
    type: 'transcript',
    externalConversationId: guid,
    streamId: '9f1d7c66-3b7e-4e0e-8f0e-2f6d3d0f9c11',
    sender: { externalId: 'customer-0001', role: 'customer' },
    autotranscribeResponse: {
      message: 'transcript',
      start: startMs,
      end: startMs + 900,
      utterance: [{ text: 'I would like to know where the parcel is that I ordered last week.' }],
    },
  });
}
