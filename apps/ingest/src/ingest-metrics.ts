import type { Counter, Gauge, Histogram, Metrics } from '@earshot/telemetry';

export interface IngestMetrics {
  readonly activeCalls: Gauge;
  readonly utterances: Counter<'role'>;
  readonly reconnects: Counter<'reason'>;
  readonly latencySeconds: Histogram;
  readonly redactedSpans: Counter<'type'>;
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
    reconnects: metrics.counter({
      name: 'kvs_reconnects_total',
      help: 'GetMedia sessions opened again',
      labels: ['reason'],
    }),
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
    endedCalls: metrics.counter({
      name: 'transcribe_sessions_ended_total',
      help: 'Sessions ended',
      labels: ['reason'],
    }),
  };
}
