import { PARTICIPANT_ROLES, type MediaReport } from '@earshot/domain';
import type { Counter, Gauge, Histogram, Metrics } from '@earshot/telemetry';
import { createRecordingMetrics, type RecordingMetrics } from './recording/recording-metrics.ts';

export interface IngestMetrics extends RecordingMetrics {
  readonly activeCalls: Gauge;
  readonly utterances: Counter<'role'>;
  readonly echoes: Counter<'role'>;
  readonly speculations: Counter<'outcome'>;
  readonly partials: Counter<'outcome'>;
  readonly liveEventsDropped: Counter;
  readonly degraded: Counter<'reason'>;
  readonly fallbacks: Counter<'engine' | 'reason'>;
  readonly finalsWaiting: Gauge;
  readonly finalWaitSeconds: Histogram;
  readonly admissionOpen: Gauge;
  readonly takenOver: Counter;
  readonly reconnects: Counter<'reason'>;
  readonly fragments: Counter;
  readonly duplicateFragments: Counter;
  readonly damage: Counter;
  readonly gaps: Counter<'role'>;
  readonly gapSeconds: Counter<'role'>;
  readonly filledSeconds: Counter<'role'>;
  readonly lagSeconds: Histogram;
  readonly latencySeconds: Histogram;
  readonly redactedSpans: Counter<'type'>;
  readonly strictestPolicies: Counter<'reason'>;
  readonly endedCalls: Counter<'reason'>;
}

export function createIngestMetrics(metrics: Metrics): IngestMetrics {
  return {
    activeCalls: metrics.gauge({ name: 'asr_active_calls', help: 'Calls this process transcribes now' }),
    utterances: metrics.counter({
      name: 'transcribe_utterances_total',
      help: 'Utterances committed',
      labels: ['role'],
    }),
    echoes: metrics.counter({
      name: 'transcribe_echoes_dropped_total',
      help: "Speech dropped since it was the other side's voice leaking in",
      labels: ['role'],
    }),
    ...createDecodeMetrics(metrics),
    takenOver: metrics.counter({
      name: 'sessions_taken_over_total',
      help: 'Sessions this process went on with after another worker, or after a failure of its own',
    }),
    ...createMediaMetrics(metrics),
    latencySeconds: metrics.histogram({
      name: 'transcribe_utterance_latency_seconds',
      help: 'End of speech by the producer clock to commit',
      buckets: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.5, 2, 3, 5, 10, 30],
    }),
    redactedSpans: metrics.counter({
      name: 'redaction_spans_total',
      help: 'Spans masked; type UNKNOWN: a turn masked whole, since it could not be judged',
      labels: ['type'],
    }),
    strictestPolicies: metrics.counter({
      name: 'redaction_strictest_policy_total',
      help: 'Leases in which everything is masked, since the redaction settings of the tenant could not be read',
      labels: ['reason'],
    }),
    endedCalls: metrics.counter({
      name: 'transcribe_sessions_ended_total',
      help: 'Sessions ended',
      labels: ['reason'],
    }),
    ...createRecordingMetrics(metrics),
  };
}

type DecodeMetrics = Pick<
  IngestMetrics,
  | 'speculations'
  | 'partials'
  | 'liveEventsDropped'
  | 'degraded'
  | 'fallbacks'
  | 'finalsWaiting'
  | 'finalWaitSeconds'
  | 'admissionOpen'
>;

function createDecodeMetrics(metrics: Metrics): DecodeMetrics {
  return {
    speculations: metrics.counter({
      name: 'asr_speculations_total',
      help: 'Decodes asked for before the cut; refuted: speech went on, the text was thrown away',
      labels: ['outcome'],
    }),
    partials: metrics.counter({
      name: 'asr_partials_total',
      help: 'Decodes of open speech for live views; dropped: speech was cut, or finals went first',
      labels: ['outcome'],
    }),
    liveEventsDropped: metrics.counter({
      name: 'live_events_dropped_total',
      help: 'Events for live views that could not be sent',
    }),
    degraded: metrics.counter({
      name: 'asr_degraded_total',
      help: 'Utterances heard with less than the best of the engine',
      labels: ['reason'],
    }),
    fallbacks: metrics.counter({
      name: 'asr_fallbacks_total',
      help: 'Decodes that the local engine answered, since another had failed with this code',
      labels: ['engine', 'reason'],
    }),
    finalsWaiting: metrics.gauge({
      name: 'asr_finals_waiting',
      help: 'Utterances whose text is asked for and not there',
    }),
    finalWaitSeconds: metrics.histogram({
      name: 'asr_final_wait_seconds',
      help: 'Cut of speech to its text, decode included',
      buckets: [0.01, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2, 5, 10],
    }),
    admissionOpen: metrics.gauge({
      name: 'asr_admission_open',
      help: '1: new calls are taken; 0: none, since texts come late',
    }),
  };
}

type MediaMetrics = Pick<
  IngestMetrics,
  | 'reconnects'
  | 'fragments'
  | 'duplicateFragments'
  | 'damage'
  | 'gaps'
  | 'gapSeconds'
  | 'filledSeconds'
  | 'lagSeconds'
>;

function createMediaMetrics(metrics: Metrics): MediaMetrics {
  return {
    reconnects: metrics.counter({
      name: 'kvs_reconnects_total',
      help: 'GetMedia sessions opened again',
      labels: ['reason'],
    }),
    fragments: metrics.counter({ name: 'kvs_fragments_total', help: 'Fragments heard to their end' }),
    duplicateFragments: metrics.counter({
      name: 'kvs_duplicate_fragments_total',
      help: 'Fragments that came again and were dropped',
    }),
    damage: metrics.counter({ name: 'kvs_damage_total', help: 'Places where the media could not be read' }),
    gaps: metrics.counter({
      name: 'kvs_fragments_gap_total',
      help: 'Holes in the media that were too long to fill',
      labels: ['role'],
    }),
    gapSeconds: metrics.counter({
      name: 'kvs_media_gap_seconds_total',
      help: 'Audio missing in holes that were too long to fill',
      labels: ['role'],
    }),
    filledSeconds: metrics.counter({
      name: 'kvs_filled_silence_seconds_total',
      help: 'Audio missing in holes that were filled with silence',
      labels: ['role'],
    }),
    lagSeconds: metrics.histogram({
      name: 'kvs_lag_seconds',
      help: 'How far a fragment was behind the newest of its stream when it had been heard',
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300],
    }),
  };
}

/** Counts what a session's report has grown by: media read again after a take-over is counted once. */
export function countMedia(metrics: IngestMetrics, before: MediaReport, after: MediaReport): void {
  const add = (counter: Counter, grownBy: number): void => {
    if (grownBy > 0) counter.add(grownBy);
  };
  add(metrics.fragments, after.fragmentCount - before.fragmentCount);
  add(metrics.damage, after.damageCount - before.damageCount);
  for (const role of PARTICIPANT_ROLES) {
    const addBySide = (counter: Counter<'role'>, grownBy: number): void => {
      if (grownBy > 0) counter.add(grownBy, { role });
    };
    addBySide(metrics.gaps, after.gaps[role].count - before.gaps[role].count);
    addBySide(metrics.gapSeconds, (after.gaps[role].totalMs - before.gaps[role].totalMs) / 1000);
    addBySide(metrics.filledSeconds, (after.filled[role].totalMs - before.filled[role].totalMs) / 1000);
  }
}
