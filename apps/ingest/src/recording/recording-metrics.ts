import type { Counter, Metrics } from '@earshot/telemetry';

export interface RecordingMetrics {
  readonly recordingParts: Counter<'outcome'>;
  readonly recordingLostSeconds: Counter;
  readonly recordingsFinished: Counter<'outcome'>;
}

export function createRecordingMetrics(metrics: Metrics): RecordingMetrics {
  return {
    recordingParts: metrics.counter({
      name: 'recording_parts_total',
      help: 'Parts of recordings: stored, or failed and tried again',
      labels: ['outcome'],
    }),
    recordingLostSeconds: metrics.counter({
      name: 'recording_lost_seconds_total',
      help: 'Audio missing in recordings, since the store did not take it in time',
    }),
    recordingsFinished: metrics.counter({
      name: 'recordings_finished_total',
      help: 'Recordings made into files: ready, failed, or again where another try follows',
      labels: ['outcome'],
    }),
  };
}
