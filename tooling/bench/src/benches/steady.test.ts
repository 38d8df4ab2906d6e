import { describe, expect, it } from 'vitest';
import { BenchError } from '../bench.ts';
import { readSample } from './steady.ts';

const TEXT = `# HELP process_resident_memory_bytes Resident memory size in bytes.
process_resident_memory_bytes{app="ingest"} 512000000
nodejs_eventloop_lag_p90_seconds{app="ingest"} 0.0111
nodejs_eventloop_lag_p99_seconds{app="ingest"} 0.0125
`;

describe('readSample', () => {
  it('takes memory and the delay of the event loop from the text of the metrics', () => {
    expect(readSample(TEXT)).toEqual({ residentBytes: 512_000_000, eventLoopDelayP99Ms: 12.5 });
  });

  it('refuses a text without them', () => {
    expect(() => readSample('up 1\n')).toThrow(BenchError);
  });
});
