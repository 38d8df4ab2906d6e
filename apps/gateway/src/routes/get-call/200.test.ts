import { describe, expect, it } from 'vitest';
import {
  GUID,
  GUIDE_COUNTS,
  GUIDE_START,
  gatewayUnderTest,
  START,
} from '../../testing/gateway-under-test.ts';

const NO_HOLES = { count: 0, totalMs: 0, longestMs: 0 };
const QUIET_MEDIA = {
  version: 1,
  rolesSeen: [],
  fragmentCount: 0,
  duplicateFragmentCount: 0,
  damageCount: 0,
  filled: { customer: NO_HOLES, agent: NO_HOLES },
  gaps: { customer: NO_HOLES, agent: NO_HOLES },
  reconnects: {},
  takeOverCount: 0,
} as const;
const CALL = `/earshot/v1/calls/${GUID}`;

describe('GET calls/{guid} 200', () => {
  it('shows a call that waits for its worker', async () => {
    const { post, get } = await gatewayUnderTest();
    await post(START, GUIDE_START);
    const response = await get(CALL);
    expect(response.status).toBe(200);
    const summary = { totalAudioBytes: 0, audioDurationMs: 0, streamingSeconds: 0, transcripts: 0 };
    const text = expect.any(String);
    expect(await response.json()).toEqual({
      guid: GUID,
      state: 'queued',
      sessions: [
        {
          sessionId: text,
          ordinal: 1,
          state: 'queued',
          acceptedAt: '2026-11-23T12:00:00.000Z',
          speech: { engine: 'moonshine', fallback: { count: 0 } },
          streams: [
            { role: 'customer', streamId: text, externalId: 'TT9833237', summary },
            { role: 'agent', streamId: text, externalId: 'RE223444211993', summary },
          ],
        },
      ],
    });
  });

  it('shows how often the local engine stood in for the chosen one', async () => {
    const { post, get, calls } = await gatewayUnderTest();
    await post(START, GUIDE_START);
    const engineFallback = { count: 2, lastReason: 'speech.engine-limited' };
    calls.report(GUID, { ...QUIET_MEDIA, engineFallback });
    expect(await (await get(CALL)).json()).toMatchObject({
      sessions: [{ speech: { engine: 'moonshine', fallback: engineFallback } }],
    });
  });

  it('shows why a session failed and what helps', async () => {
    const { post, get, calls } = await gatewayUnderTest();
    await post(START, GUIDE_START);
    const trouble = {
      code: 'media.stream-not-found',
      cause: 'There is no such stream',
      remedy: 'Check the ARN',
    };
    calls.end(GUID, GUIDE_COUNTS, { endedReason: 'failed', trouble, contactId: 'another' });
    expect(await (await get(CALL)).json()).toMatchObject({
      state: 'ended',
      sessions: [{ endedReason: 'failed', endedDetail: trouble, contactIdMatchesGuid: false }],
    });
  });

  it('shows what the media is like while it is read', async () => {
    const { post, get, calls } = await gatewayUnderTest();
    await post(START, GUIDE_START);
    const none = { count: 0, totalMs: 0, longestMs: 0 };
    const filled = { customer: { count: 1, totalMs: 64, longestMs: 64 }, agent: none };
    const gaps = { customer: none, agent: none };
    const counts = { fragmentCount: 12, duplicateFragmentCount: 1, damageCount: 2, takeOverCount: 1 };
    const trouble = { code: 'media.throttled', cause: 'AWS throttles reads', remedy: 'Ask for more' };
    calls.report(GUID, {
      version: 1,
      rolesSeen: ['customer'],
      ...counts,
      filled,
      gaps,
      reconnects: { stalled: 3 },
      behindNowMs: 250,
      lastFragmentAtMs: Date.UTC(2026, 10, 23, 12, 1),
      lastFragmentNumber: '91343852333181432392682062622220590765191907586',
      lastTrouble: { ...trouble, atMs: Date.UTC(2026, 10, 23, 12, 0, 30) },
    });
    expect(await (await get(CALL)).json()).toMatchObject({
      sessions: [
        {
          media: {
            rolesSeen: ['customer'],
            ...counts,
            filledSilence: filled,
            gaps,
            reconnects: { stalled: 3 },
            behindNowMs: 250,
            lastFragmentAt: '2026-11-23T12:01:00.000Z',
            lastFragmentNumber: '91343852333181432392682062622220590765191907586',
            lastTrouble: { ...trouble, at: '2026-11-23T12:00:30.000Z' },
          },
        },
      ],
    });
  });

  it('shows every session, and the state of the last as that of the call', async () => {
    const { post, get, calls } = await gatewayUnderTest();
    await post(START, GUIDE_START);
    calls.end(GUID, GUIDE_COUNTS, { contactId: GUID });
    await post(START, GUIDE_START);
    expect(await (await get(CALL)).json()).toMatchObject({
      state: 'queued',
      sessions: [
        { ordinal: 1, state: 'ended', contactIdMatchesGuid: true },
        { ordinal: 2, state: 'queued' },
      ],
    });
  });

  it('answers a key that may only read messages', async () => {
    const { get } = await gatewayUnderTest({ scopes: ['messages:read'] });
    expect((await get(CALL)).status).toBe(404);
  });
});
