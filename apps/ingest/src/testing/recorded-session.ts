import { buffer } from 'node:stream/consumers';
import { assembleRecording, readCaptions, recordingToWav, type RecordingCue } from '@earshot/recordings';
import type { CommitUtteranceInput, LeasedSession, RecordingHole, RecordingPart } from '@earshot/storage';
import type { RecordingPlace } from '../recording/open-recorder.ts';

/** What is recorded. */
export interface RecordedSource {
  readonly leaseEpoch: number;
  readonly commits: readonly Pick<CommitUtteranceInput, 'message' | 'findings'>[];
  take(): LeasedSession;
}

/** A session that is recorded by several workers in turn, under the rules of the store. */
export interface RecordedSession {
  readonly place: RecordingPlace;
  readonly parts: readonly RecordingPart[];
  readonly objects: ReadonlyMap<string, Uint8Array>;
  readonly closed: { readonly lost: RecordingHole | undefined } | undefined;
  /** The next lease, allowing to record. */
  take(): LeasedSession;
  /** From now on the store of objects fails, or no more. */
  breakObjects(isBroken: boolean): void;
  /** What the finished file sounds like, both sides in turn, and its captions. */
  play(): Promise<{ pcm: Buffer; captions: readonly RecordedCaption[] }>;
}

export type RecordedCaption = Omit<RecordingCue, 'role'> & {
  readonly role: RecordingCue['role'] | undefined;
};

const WAV_HEADER_BYTES = 44;

export function createRecordedSession(session: RecordedSource): RecordedSession {
  const parts: RecordingPart[] = [];
  const objects = new Map<string, Uint8Array>();
  let closed: RecordedSession['closed'];
  let startedAtMs = 0;
  let isBroken = false;
  const durationMs = (): number => Math.max(0, ...parts.map(({ toMs }) => toMs));

  const place: RecordingPlace = {
    objects: {
      async put(key, chunks) {
        if (isBroken) throw new Error('The store is broken');
        const bytes = await buffer(chunks);
        objects.set(key, bytes);
      },
      async delete(keys) {
        for (const key of keys) objects.delete(key);
      },
    },
    recordings: {
      async addPart(lease, part, zeroMs) {
        if (lease.leaseEpoch !== session.leaseEpoch) return { type: 'fenced' };
        const known = parts.find(({ fromMs }) => fromMs === part.fromMs);
        if (known === undefined) parts.push(part);
        startedAtMs ||= zeroMs;
        return { type: 'saved', part: known ?? part };
      },
      async close(_lease, lost) {
        closed = { lost };
      },
      find: async ({ tenantId, sessionId }) =>
        parts.length === 0
          ? undefined
          : {
              tenantId,
              sessionId,
              conversationId: 'CONVERSATION',
              state: 'recording',
              startedAtMs,
              createdAtMs: startedAtMs,
              finishedAtMs: undefined,
              durationMs: durationMs(),
              holes: [],
              file: undefined,
              problem: undefined,
            },
      listMessages: async ({ endsFromMs }) =>
        session.commits.filter(({ message }) => message.endMs >= endsFromMs).map(toRecorded),
    },
  };

  return {
    place,
    parts,
    objects,
    get closed() {
      return closed;
    },
    take() {
      const leased = session.take();
      const settings = { ...leased.session.settings, audioRecordingAllowed: true };
      return { ...leased, session: { ...leased.session, settings } };
    },
    breakObjects(broken) {
      isBroken = broken;
    },
    async play() {
      const info = { title: 'guid', startedAtMs, language: 'en-US', durationMs: durationMs() };
      const placed = parts.map((part) => ({
        ...part,
        open: () => [objects.get(part.objectKey) ?? Buffer.of()],
      }));
      const file = await buffer(assembleRecording(info, placed).bytes);
      const wav = await buffer(recordingToWav(each(file), info.durationMs));
      const { cues } = await readCaptions(each(file));
      return {
        pcm: wav.subarray(WAV_HEADER_BYTES),
        captions: cues.map(({ role, startMs, endMs, text }) => ({ role, startMs, endMs, text })),
      };
    },
  };
}

async function* each(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}

function toRecorded({ message, findings }: RecordedSource['commits'][number]) {
  const { messageId, role, startMs, endMs, text } = message;
  return { messageId, role, startMs, endMs, text, findings };
}
