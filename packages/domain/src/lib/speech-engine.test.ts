import { describe, expect, it } from 'vitest';
import { isSpeechEngine, speechEngines } from './speech-engine.ts';

describe('isSpeechEngine', () => {
  it('knows the engines by name and nothing else', () => {
    for (const name of Object.keys(speechEngines)) expect(isSpeechEngine(name)).toBe(true);
    for (const name of ['', 'Moonshine', 'toString', 'scripted']) expect(isSpeechEngine(name)).toBe(false);
  });
});
