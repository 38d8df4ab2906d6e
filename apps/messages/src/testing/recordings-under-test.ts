import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { withCheckedAnswers } from '@earshot/api/testing';
import type { Scope } from '@earshot/auth';
import { createApp } from '@earshot/http';
import { fakeKey } from '@earshot/http/testing';
import { assembleRecording, BYTES_PER_MS, muxRecordingPart } from '@earshot/recordings';
import type { RecordingLeg } from '@earshot/storage';
import { createDirectoryStore, type ObjectStore } from '@earshot/storage/objects';
import { createLogger, createMetrics } from '@earshot/telemetry';
import { onTestFinished } from 'vitest';
import { addRecordingRoutes } from '../recording-routes.ts';

export const GUID = '8c259fea-8764-4a92-adc4-73572e9cf016';
export const DURATION_MS = 2300;
const STARTED_AT_MS = Date.UTC(2026, 10, 23, 12);
const CONVERSATION_ID = '01GMXE90AEV7H3J4DPBDKB1R79';

/** Samples of a side that differ from one another and from the other side's. */
export function samplesOf(first: number): Uint8Array {
  return Uint8Array.from({ length: DURATION_MS * BYTES_PER_MS }, (_, index) => (first + index * 7) % 251);
}

/** Two seconds and a bit of both sides, with a word of each. */
async function makeFile(): Promise<Buffer> {
  const part = muxRecordingPart({
    fromMs: 0,
    toMs: DURATION_MS,
    pcm: { customer: samplesOf(1), agent: samplesOf(2) },
    mutes: [],
    cues: [{ role: 'customer', startMs: 100, endMs: 900, text: 'Hello' }],
  });
  const info = { title: GUID, startedAtMs: STARTED_AT_MS, language: 'en-US', durationMs: DURATION_MS };
  const open = () => [part];
  const whole = { fromMs: 0, toMs: DURATION_MS, byteCount: part.byteLength, open };
  const chunks: Uint8Array[] = [];
  for await (const chunk of assembleRecording(info, [whole]).bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export type LegChange = Partial<Omit<RecordingLeg, 'file'>> & { readonly file?: undefined };

export interface RecordingsSetting {
  readonly scopes?: readonly Scope[];
  /** Default: one leg that is ready. */
  readonly legs?: readonly LegChange[];
  readonly hasStore?: boolean;
}

/** The routes over a folder and a list in memory that knows the call `GUID` of `tenant-1`. */
export async function recordingsUnderTest(setting: RecordingsSetting = {}) {
  const { scopes = ['recordings:read'], legs = [{}], hasStore = true } = setting;
  const folder = await mkdtemp(join(tmpdir(), 'earshot-recordings-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const objects = createDirectoryStore(folder);
  const opened = watchOpened(objects);
  const file = await makeFile();
  const sha256 = createHash('sha256').update(file).digest('hex');
  const key = fakeKey(...scopes);
  const logger = createLogger({ app: 'messages', level: 'silent' });
  const recordings = legs.map((change, index): RecordingLeg => {
    const sessionId = `session-${index + 1}`;
    const objectKey = `recordings/tenant-1/${CONVERSATION_ID}/${sessionId}/recording.mkv`;
    return {
      tenantId: 'tenant-1',
      sessionId,
      conversationId: CONVERSATION_ID,
      state: 'ready',
      startedAtMs: STARTED_AT_MS,
      createdAtMs: STARTED_AT_MS,
      finishedAtMs: STARTED_AT_MS,
      durationMs: DURATION_MS,
      holes: [],
      problem: undefined,
      leg: index + 1,
      language: 'en-US',
      file: { objectKey, byteCount: file.byteLength, sha256 },
      ...change,
    };
  });
  for (const { file: stored } of recordings) {
    if (stored !== undefined) await objects.put(stored.objectKey, oneChunk(file));
  }
  const app = withCheckedAnswers(
    createApp({
      logger,
      metrics: createMetrics('messages'),
      keys: key.lookup,
      rateLimit: { requestsPerSecond: 1000 },
      checkReady: async () => {},
    }),
  );
  addRecordingRoutes(app, {
    logger,
    calls: {
      getCall: async (tenantId, guid) =>
        tenantId === 'tenant-1' && guid === GUID
          ? { conversationId: CONVERSATION_ID, sessions: [] }
          : undefined,
    },
    recordings: {
      listByConversation: async (_tenantId, conversationId) =>
        conversationId === CONVERSATION_ID ? recordings : [],
    },
    recordingObjects: hasStore ? opened.objects : undefined,
  });
  const get = async (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    await app.request(`/earshot/v1/calls/${path}`, { method, headers: { ...key.headers, ...headers } });
  const eraseFiles = async () =>
    await objects.delete(recordings.flatMap(({ file: one }) => one?.objectKey ?? []));
  return { app, headers: key.headers, get, file, sha256, eraseFiles, opened };
}

/** Counts the files that were let go of before their end. */
function watchOpened(objects: ObjectStore) {
  let closedCount = 0;
  const open: ObjectStore['open'] = async (key, range) => {
    const found = await objects.open(key, range);
    if (found === undefined) return undefined;
    const reader = found.stream.getReader();
    const stream = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          const { done, value } = await reader.read();
          if (done) controller.close();
          else controller.enqueue(value);
        },
        async cancel() {
          await reader.cancel();
          closedCount += 1;
        },
      },
      { highWaterMark: 0 },
    );
    return { ...found, stream };
  };
  return { objects: { ...objects, open }, closedCount: () => closedCount };
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
