/**
 * Loaded into an exporter before it starts: its clock stands at the instant in the file CLOCK_FILE, in ms, and goes when that
 * is written anew, and with it go timers of a minute, those of the schedules. Each that is set is told by a line in RESTS_FILE:
 * the process has looked for what is due, and rests.
 */
import { appendFileSync, readFileSync, watch } from 'node:fs';

const CLOCK_FILE = process.env['CLOCK_FILE'] ?? '';
const RESTS_FILE = process.env['RESTS_FILE'] ?? '';
const STAGED_MS = 60_000;
const NEVER_MS = 2 ** 31 - 1;

let nowMs = readInstant() ?? 0;
Date.now = () => nowMs;

const { setTimeout: setReal, clearTimeout: clearReal } = globalThis;
const waiting = new Map<unknown, { readonly dueAtMs: number; readonly run: () => void }>();

Object.assign(globalThis, {
  setTimeout(run: (...given: unknown[]) => void, delayMs = 0, ...given: unknown[]) {
    if (delayMs !== STAGED_MS) return setReal(run, delayMs, ...given);
    const timer = setReal(() => undefined, NEVER_MS);
    waiting.set(timer, { dueAtMs: nowMs + delayMs, run: () => run(...given) });
    appendFileSync(RESTS_FILE, 'rests\n');
    return timer;
  },
  clearTimeout(timer?: NodeJS.Timeout) {
    waiting.delete(timer);
    clearReal(timer);
  },
});

watch(CLOCK_FILE, () => {
  nowMs = readInstant() ?? nowMs;
  for (const [timer, { dueAtMs, run }] of waiting) {
    if (dueAtMs > nowMs || !waiting.delete(timer)) continue;
    run();
  }
}).unref();

/** `undefined` while it is being written. */
function readInstant(): number | undefined {
  const text = readFileSync(CLOCK_FILE, 'utf8');
  return /^\d+\n$/.test(text) ? Number(text) : undefined;
}
