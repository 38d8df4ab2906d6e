import { formatTranscript } from '@earshot/formatting';
import { createRedactor, defaultPolicy } from '@earshot/redaction';
import { describe, expect, it } from 'vitest';
import { fingerprint } from './fingerprint.ts';

const pcm = (length: number, seed: number): Int16Array =>
  Int16Array.from({ length }, (_, index) => ((index * 31 + seed) * 7919) % 32_768);

describe('fingerprint', () => {
  it('is the same for equal audio, wherever it lies in memory', () => {
    const whole = pcm(4000, 1);
    expect(fingerprint(whole.subarray(100, 900))).toBe(fingerprint(whole.slice(100, 900)));
  });

  it('differs with one sample and with one sample more', () => {
    const whole = pcm(4000, 1);
    const changed = whole.slice();
    changed[17] = (changed[17] ?? 0) + 1;
    expect(new Set([whole, changed, whole.subarray(1), whole.subarray(0, 3999)].map(fingerprint)).size).toBe(
      4,
    );
  });

  it('is a sentence of five words that redaction and formatting leave alone', () => {
    const redactor = createRedactor(defaultPolicy);
    let state = redactor.initialState();
    for (let seed = 0; seed < 300; seed += 1) {
      const text = fingerprint(pcm(800 + seed, seed));
      expect(text).toMatch(/^[A-Z][a-z]{5}( [a-z]{6}){4}\.$/);
      const redacted = redactor.redact({ role: 'customer', text, atMs: seed * 1000 }, state);
      state = redacted.state;
      expect(redacted.text).toBe(text);
      expect(formatTranscript(text).text).toBe(text);
    }
  });
});
