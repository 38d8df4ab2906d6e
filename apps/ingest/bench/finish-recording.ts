/**
 * What finishing an hour's recording takes: time, memory, and how long it keeps the event loop from live calls.
 * Run: node --conditions=earshot-source --expose-gc apps/ingest/bench/finish-recording.ts [minutes]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { BYTES_PER_MS, muxRecordingPart } from '@earshot/recordings';
import type { FinishClaim, FinishResult, RecordedMessage, RecordingPart } from '@earshot/storage';
import { createDirectoryStore } from '@earshot/storage/objects';
import { createLogger, createMetrics } from '@earshot/telemetry';
import { createIngestMetrics } from '../src/ingest-metrics.ts';
import { finishRecording } from '../src/recording/finish-recording.ts';

const PART_MS = 10_000;
const MESSAGE_EVERY_MS = 4000;
const MEMORY_EVERY_MS = 50;
const MEBIBYTE = 1024 * 1024;

const durationMs = Number(process.argv[2] ?? 60) * 60_000;
const folder = await mkdtemp(join(tmpdir(), 'earshot-bench-'));
const objects = createDirectoryStore(folder);
const messages: RecordedMessage[] = [];
const parts: RecordingPart[] = [];
const side = new Uint8Array(PART_MS * BYTES_PER_MS).map((_, index) => index);
let muxMs = 0;
for (let fromMs = 0; fromMs < durationMs; fromMs += PART_MS) {
  const toMs = fromMs + PART_MS;
  const cues: RecordedMessage[] = [];
  for (let startMs = fromMs; startMs < toMs; startMs += MESSAGE_EVERY_MS) {
    const role = startMs % 8000 === 0 ? 'customer' : 'agent';
    const text = 'A sentence of about this length is what people say.';
    cues.push({ messageId: String(startMs), role, startMs, endMs: startMs + 3000, text, findings: [] });
  }
  messages.push(...cues);
  const startedMs = performance.now();
  const bytes = muxRecordingPart({ fromMs, toMs, pcm: { customer: side, agent: side }, mutes: [], cues });
  muxMs += performance.now() - startedMs;
  const objectKey = `recordings/tenant/CALL/session/parts/${fromMs}-1-1`;
  await objects.put(
    objectKey,
    (async function* () {
      yield bytes;
    })(),
  );
  parts.push({ fromMs, toMs, objectKey, byteCount: bytes.byteLength, holes: [] });
}

const recording: FinishClaim['recording'] = {
  tenantId: 'tenant',
  sessionId: 'session',
  conversationId: 'CALL',
  state: 'finishing',
  startedAtMs: Date.UTC(2026, 10, 23),
  createdAtMs: 0,
  finishedAtMs: undefined,
  durationMs,
  holes: [],
  file: undefined,
  problem: undefined,
  leg: 1,
  language: 'en-US',
};
let result: FinishResult | undefined;
const recordings = {
  find: async () => recording,
  listParts: async () => parts,
  listMessages: async () => messages,
  extend: async () => true,
  forgetParts: async () => undefined,
  finish: async (_claim: FinishClaim, given: FinishResult) => {
    result = given;
    return true;
  },
};
const deps = {
  recordings,
  objects,
  clock: { now: () => Date.now() },
  metrics: createIngestMetrics(createMetrics('bench')),
  logger: createLogger({ app: 'bench', level: 'silent' }),
};
globalThis.gc?.();
const before = process.memoryUsage().rss;
let most = before;
const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), MEMORY_EVERY_MS);
const loop = monitorEventLoopDelay({ resolution: 1 });
loop.enable();
const startedMs = performance.now();
await finishRecording(deps, { recording, guid: 'guid', epoch: 1, tries: 1 }, new AbortController().signal);
const tookMs = performance.now() - startedMs;
loop.disable();
clearInterval(watch);
await rm(folder, { recursive: true });

const size = result?.type === 'ready' ? result.file.byteCount / MEBIBYTE : 0;
process.stdout.write(
  `${result?.type}: ${durationMs / 60_000} min, ${size.toFixed(0)} MiB in ${(tookMs / 1000).toFixed(1)} s; ` +
    `${((most - before) / MEBIBYTE).toFixed(0)} MiB more memory at most; ` +
    `event loop late by ${(loop.percentile(99) / 1e6).toFixed(1)} ms at p99, ${(loop.max / 1e6).toFixed(0)} ms at most; ` +
    `a part took ${(muxMs / parts.length).toFixed(2)} ms to mux\n`,
);
