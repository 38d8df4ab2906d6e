import { describe, expect, it } from 'vitest';
import { promptsIn, sphinxTranscripts } from './debian-speech.ts';

describe('promptsIn', () => {
  it('takes lines of a name and its words, and no sounds, open ends, comments or folders', () => {
    const list = [
      '; Core Asterisk Sounds in English',
      '',
      'activated: Activated.',
      'agent-pass: Please enter your password  followed by the pound key.',
      'beep: [this is a simple beep tone]',
      'at-tone-time-exactly: At the sound of the tone, the time will be exactly...',
      'digits/0: zero',
      'silence:',
    ].join('\r\n');
    expect(promptsIn(list)).toEqual([
      { name: 'activated', transcript: 'Activated.' },
      { name: 'agent-pass', transcript: 'Please enter your password  followed by the pound key.' },
    ]);
  });

  it('spells words right that the list spells wrong', () => {
    expect(promptsIn('x: Un-indentified or witheld')).toEqual([
      { name: 'x', transcript: 'Unidentified or withheld' },
    ]);
  });
});

describe('sphinxTranscripts', () => {
  it('reads names and words', () => {
    expect(sphinxTranscripts('<s> ten of clubs  </s> (001)\n\nnonsense\n')).toEqual([
      { name: '001', transcript: 'ten of clubs' },
    ]);
  });
});
