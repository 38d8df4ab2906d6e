import type { SpeechRecognizer } from '@earshot/speech';
import type { CommitUtteranceInput } from '@earshot/storage';
import { createLogger } from '@earshot/telemetry';
import { describe, expect, it } from 'vitest';
import { BLOCK_SAMPLES, BLOCKS, callEvents, lease, world, ZERO_MS } from './testing/call-world.ts';
import { transcribeCall } from './transcribe-call.ts';

const never = new AbortController().signal;

function said(commits: readonly CommitUtteranceInput[]) {
  return commits.map(({ message }) => ({
    role: message.role,
    startMs: message.startMs,
    endMs: message.endMs,
  }));
}

const WHOLE_CALL = [
  { role: 'customer', startMs: 512, endMs: 1536 },
  { role: 'agent', startMs: 2560, endMs: 3776 },
  { role: 'customer', startMs: 6016, endMs: 7040 },
];

describe('transcribeCall', () => {
  it('commits each utterance once, in the order of the cuts, with times by the media clock', async () => {
    const { deps, commits } = world();
    const outcome = await transcribeCall(deps, lease(), never);
    expect(outcome).toMatchObject({ type: 'ended', reason: 'media-ended' });
    expect(said(commits)).toEqual(WHOLE_CALL);
    expect(commits[0]?.message).toMatchObject({
      streamId: 'customer-stream',
      senderExternalId: 'customer-1',
      clientTimestampMs: ZERO_MS + 512,
    });
    const body = commits[1]?.webhookBody;
    expect(JSON.parse(typeof body === 'string' ? body : '')).toEqual({
      type: 'transcript',
      externalConversationId: 'guid',
      streamId: 'agent-stream',
      sender: { externalId: 'agent-1', role: 'agent' },
      autotranscribeResponse: {
        message: 'transcript',
        start: 2560,
        end: 3776,
        utterance: [{ text: 'Hello there.' }],
      },
    });
  });

  it('counts every byte of both sides', async () => {
    const { deps } = world();
    const outcome = await transcribeCall(deps, lease(), never);
    const audioBytes = BLOCKS * BLOCK_SAMPLES * 2;
    expect(outcome).toMatchObject({
      progress: [
        { role: 'customer', audioBytes },
        { role: 'agent', audioBytes },
      ],
    });
  });

  it('writes misheard names as the vocabulary has them, and tells the engine of them', async () => {
    const entry = { tenantId: 'tenant', id: 'id', createdAtMs: 0 };
    const { deps, commits } = world({
      text: 'Is it my sequel or post gress?',
      vocabulary: [
        { ...entry, phrase: 'MySQL', soundsLike: ['my sequel'] },
        { ...entry, phrase: 'Postgres', soundsLike: ['post gress'] },
      ],
    });
    const expected: (readonly string[] | undefined)[] = [];
    const recognizer: SpeechRecognizer = {
      ...deps.recognizer,
      recognize: (audio) => {
        expected.push(audio.phrases);
        return deps.recognizer.recognize(audio);
      },
    };
    await transcribeCall({ ...deps, recognizer }, lease(), never);
    expect(commits[0]?.message.text).toBe('Is it MySQL or Postgres?');
    expect(expected).not.toHaveLength(0);
    for (const phrases of expected) expect(phrases).toEqual(['MySQL', 'Postgres']);
  });

  it('tells how often the local engine stood in, over all workers of the session, and logs it once', async () => {
    const lines: string[] = [];
    const { deps } = world();
    const recognizer: SpeechRecognizer = {
      ...deps.recognizer,
      recognize: async (audio) => ({
        ...(await deps.recognizer.recognize(audio)),
        degraded: 'fallback-engine',
        fallbackReason: 'speech.engine-unavailable',
      }),
    };
    const logger = createLogger({ app: 'ingest', write: (line) => lines.push(line) });
    const leased = lease();
    const first = await transcribeCall({ ...deps, recognizer, logger }, leased, never);
    const report = first.type === 'ended' ? first.mediaReport : undefined;
    const want = { count: 3, lastReason: 'speech.engine-unavailable' };
    expect(report?.engineFallback).toEqual(want);
    expect(lines.filter((line) => line.includes('speech.fell-back'))).toHaveLength(1);
    expect(lines.join()).not.toContain('Hello there');
    const next = { ...leased, leaseEpoch: 2, session: { ...leased.session, mediaReport: report } };
    const second = await transcribeCall({ ...deps, recognizer }, next, never);
    expect(second).toMatchObject({ mediaReport: { engineFallback: { ...want, count: 6 } } });
  });

  it('redacts before anything is handed to the store', async () => {
    const { deps, commits } = world({ text: 'My PIN number is one two three four.' });
    await transcribeCall(deps, lease(), never);
    expect(commits[0]?.message.text).toBe('My PIN number is ####.');
    expect(JSON.stringify(commits)).not.toContain('one two three four');
  });

  it('ends with the open speech when the stop moment is reached', async () => {
    const { deps, commits } = world({ control: { stopAtMs: ZERO_MS + 3000 } });
    const outcome = await transcribeCall(deps, lease(), never);
    expect(outcome).toMatchObject({ type: 'ended', reason: 'stopped' });
    expect(said(commits)).toEqual([WHOLE_CALL[0], { role: 'agent', startMs: 2560, endMs: 3072 }]);
  });

  it('stops at once when another worker holds the session', async () => {
    const { deps, commits } = world({ fenceAfterCommits: 1 });
    expect(await transcribeCall(deps, lease(), never)).toEqual({ type: 'fenced' });
    expect(commits).toHaveLength(1);
  });

  it('produces the same messages whichever checkpoint another worker goes on from', async () => {
    const first = world();
    await transcribeCall(first.deps, lease(), never);
    const ids = first.commits.map(({ message }) => message.messageId);
    expect(first.saved.length).toBeGreaterThan(5);
    for (const { checkpoint, advance } of first.saved) {
      const committed = { customer: 0, agent: 0 };
      const second = world({
        events: ({ start }) => callEvents(start.type === 'resume' ? Number(start.fromFragmentNumber) : 1),
      });
      for (const { role, throughSample } of advance) committed[role] = throughSample;
      const outcome = await transcribeCall(second.deps, lease(checkpoint, committed), never);
      const resumed = second.commits.map(({ message }) => message.messageId);
      expect(resumed).toEqual(ids.slice(ids.length - resumed.length));
      expect(outcome).toMatchObject({
        progress: [{ audioBytes: BLOCKS * 1024 }, { audioBytes: BLOCKS * 1024 }],
      });
    }
  });

  it('commits nothing again that was committed before the take-over', async () => {
    const first = world();
    await transcribeCall(first.deps, lease(), never);
    const committed = { customer: 0, agent: 0 };
    for (const { message, throughSample } of first.commits) committed[message.role] = throughSample;
    const second = world();
    await transcribeCall(second.deps, lease(undefined, committed), never);
    expect(second.commits).toEqual([]);
  });

  it('hands over when its signal fires, without ending open speech', async () => {
    const controller = new AbortController();
    const { deps, commits } = world({
      events: () =>
        (function* () {
          for (const event of callEvents()) {
            if (event.type === 'audio' && event.mediaMs >= ZERO_MS + 3000)
              controller.abort(new Error('closing'));
            yield event;
          }
        })(),
    });
    expect(await transcribeCall(deps, lease(), controller.signal)).toEqual({ type: 'handed-over' });
    expect(said(commits).filter(({ role }) => role === 'agent')).toEqual([]);
  });
});
