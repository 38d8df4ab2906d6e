import type { RunBench } from './bench.ts';

export interface CatalogueEntry {
  readonly summary: string;
  readonly options: string;
  /** Loaded only when it is run, so that one benchmark does not need what another one does. */
  readonly load: () => Promise<RunBench>;
}

export const CATALOGUE: ReadonlyMap<string, CatalogueEntry> = new Map<string, CatalogueEntry>([
  [
    'utterance',
    {
      summary: 'last speech sample sent in real time to webhook received, whole system',
      options: '--calls N   calls at once (default 4), then twice as many',
      load: async () => (await import('./benches/utterance.ts')).utterance,
    },
  ],
  [
    'steady',
    {
      summary: 'an hour of calls through the whole system: memory and event-loop delay of ingest, texts kept',
      options: '--minutes M --calls N   for M minutes (default 60), N calls at once (default 4)',
      load: async () => (await import('./benches/steady.ts')).steady,
    },
  ],
  [
    'start',
    {
      summary: 'fresh clone with empty caches to first transcript; second start to all services ready',
      options: '--runs N   fresh clones (default 1); each is followed by three more starts',
      load: async () => (await import('./benches/start.ts')).start,
    },
  ],
  [
    'demux',
    {
      summary: 'Matroska bytes to blocks, beside other libraries and merely reading the file',
      options: '--megabytes N   size of the stream (default 32), then twice as much',
      load: async () => (await import('./benches/demux.ts')).demux,
    },
  ],
  [
    'calls',
    {
      summary: 'live calls through one ingest process with a scripted recogniser: memory, lag, lost bytes',
      options:
        '--calls N --minutes M   calls at once (default 500) for M minutes (default 5), after half of them',
      load: async () => (await import('./benches/calls.ts')).calls,
    },
  ],
  [
    'webhook',
    {
      summary:
        'committed message to 2xx through the publisher: rates, latency, every id asked of the receiver',
      options: '--policies durable,realtime --backends redis,postgres --rates N,N --seconds S --plain',
      load: async () => (await import('./benches/webhook.ts')).webhook,
    },
  ],
  [
    'messages',
    {
      summary:
        'GET of conversations of 1000 and 40 messages from one process: latency at a rate, and the most',
      options: '--rate N --seconds S   requests a second (default 100) for S seconds (default 10)',
      load: async () => (await import('./benches/messages.ts')).messages,
    },
  ],
  [
    'speech',
    {
      summary: 'the recogniser on recordings: word errors, work, time; then people who talk at once',
      options: '--manifest FILE.tsv   recordings of your own; --quick; --clips N --streams 4,12 --seconds S',
      load: async () => (await import('./benches/speech.ts')).speech,
    },
  ],
  [
    'demux-damage',
    {
      summary: 'blocks that Matroska readers still give when one of twelve fragments is damaged',
      options: '',
      load: async () => (await import('./benches/demux-damage.ts')).demuxDamage,
    },
  ],
  [
    'export',
    {
      summary: 'a day of utterances to JSON lines, CSV and Parquet: rows a second, memory, beside DuckDB',
      options: '--rows N   utterances of the day (default 1000000)',
      load: async () => (await import('./benches/export.ts')).exportFiles,
    },
  ],
  [
    'redact',
    {
      summary: 'labelled conversations: time of a turn and what stays readable, beside three libraries',
      options: '--rounds N   times through all conversations (default 5)',
      load: async () => (await import('./benches/redact.ts')).redact,
    },
  ],
]);

export function overview(): string {
  const rows = [...CATALOGUE].map(
    ([name, { summary, options }]) => `  ${name.padEnd(12)} ${summary}\n  ${''.padEnd(12)} ${options}`,
  );
  return ['pnpm bench NAME [OPTIONS], on a bare machine npm run bench -- NAME', '', ...rows, ''].join('\n');
}
