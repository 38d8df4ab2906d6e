import { describe, expect, it } from 'vitest';
import { realSpeech } from '../testing/real-speech.ts';
import { scriptedPcm } from '../testing.ts';
import { isSteadySound } from './steady-sound.ts';

const LIMITS = { toneShareMin: 0.6, musicShareMin: 0.7, musicMsMin: 2000 };

interface Cadence {
  readonly tonesHz: readonly number[];
  readonly onMs: number;
  readonly offMs: number;
  readonly durationMs: number;
}

/** Tones of equal strength, over noise of a telephone line at −50 dBFS. */
function tones({ tonesHz, onMs, offMs, durationMs }: Cadence): Int16Array {
  const line = scriptedPcm([{ durationMs, amplitude: 100 }]);
  return line.map((noise, sample) => {
    const isOn = (sample / 8) % (onMs + offMs) < onMs;
    const sum = tonesHz.reduce((total, hz) => total + Math.sin((2 * Math.PI * hz * sample) / 8000), 0);
    return noise + (isOn ? Math.round(5000 * sum) : 0);
  });
}

/** Chords of 600 ms with overtones, as an organ plays them. */
function organ(durationMs: number): Int16Array {
  const chords = [
    [262, 330, 392],
    [220, 262, 330],
    [175, 220, 262],
    [196, 247, 294],
  ];
  return Int16Array.from({ length: durationMs * 8 }, (_, sample) => {
    const chord = chords[Math.floor(sample / 4800) % chords.length] ?? [];
    const wave = (hz: number): number =>
      [1, 2, 3].reduce((sum, n) => sum + Math.sin((2 * Math.PI * n * hz * sample) / 8000) / n, 0);
    return Math.round(1500 * chord.reduce((sum, hz) => sum + wave(hz), 0));
  });
}

/** A voice for the spectrum: a pulse whose pitch and formant move as in talk, four syllables a second. */
function voice(durationMs: number): Int16Array {
  let phase = 0;
  return Int16Array.from({ length: durationMs * 8 }, (_, sample) => {
    const seconds = sample / 8000;
    const pitchHz = 130 + 30 * Math.sin(2 * Math.PI * 1.7 * seconds);
    const formantHz = 900 + 600 * Math.sin(2 * Math.PI * 4 * seconds);
    phase += pitchHz / 8000;
    let sum = 0;
    for (let n = 1; n * pitchHz < 3600; n += 1) {
      sum += Math.sin(2 * Math.PI * n * phase) / (1 + ((n * pitchHz - formantHz) / 250) ** 2);
    }
    return Math.round(2500 * sum * (0.55 + 0.45 * Math.sin(2 * Math.PI * 4 * seconds + 1)));
  });
}

describe('isSteadySound', () => {
  it.each([
    { given: 'ringing, North America', tonesHz: [440, 480], onMs: 2000, offMs: 4000, durationMs: 2000 },
    { given: 'ringing, Europe', tonesHz: [425], onMs: 1000, offMs: 4000, durationMs: 1000 },
    { given: 'ringing, Great Britain', tonesHz: [400, 450], onMs: 400, offMs: 200, durationMs: 3000 },
    { given: 'busy', tonesHz: [480, 620], onMs: 500, offMs: 500, durationMs: 4500 },
    { given: 'a dial tone', tonesHz: [350, 440], onMs: 3000, offMs: 0, durationMs: 3000 },
    { given: 'a fax that calls', tonesHz: [1100], onMs: 500, offMs: 3000, durationMs: 500 },
    { given: 'a fax that answers', tonesHz: [2100], onMs: 3000, offMs: 75, durationMs: 3000 },
    { given: 'a beep', tonesHz: [1000], onMs: 400, offMs: 0, durationMs: 400 },
    { given: 'a key held', tonesHz: [770, 1336], onMs: 300, offMs: 0, durationMs: 300 },
    { given: 'keys dialled by a machine', tonesHz: [697, 1477], onMs: 50, offMs: 50, durationMs: 1000 },
    { given: 'keys dialled by hand', tonesHz: [941, 1209], onMs: 120, offMs: 180, durationMs: 1500 },
  ])('knows $given', (cadence) => {
    const pcm = tones(cadence);
    expect(isSteadySound(pcm, LIMITS)).toBe(true);
    expect(isSteadySound(pcm, { ...LIMITS, toneShareMin: null, musicMsMin: 60_000 })).toBe(false);
  });

  it('knows music that holds its notes, from the length it is judged at', () => {
    expect(isSteadySound(organ(5000), LIMITS)).toBe(true);
    expect(isSteadySound(organ(5000), { ...LIMITS, musicShareMin: null })).toBe(false);
    expect(isSteadySound(organ(1900), LIMITS)).toBe(false);
  });

  it.each([
    { given: 'silence', pcm: new Int16Array(24_000) },
    {
      given: 'less than 0.2 s of a tone',
      pcm: tones({ tonesHz: [425], onMs: 190, offMs: 0, durationMs: 190 }),
    },
    { given: 'noise', pcm: scriptedPcm([{ durationMs: 3000, amplitude: 8000 }]) },
    { given: 'a voice', pcm: voice(4000) },
    {
      given: 'a voice behind a ring',
      pcm: Int16Array.of(...tones({ tonesHz: [425], onMs: 400, offMs: 0, durationMs: 400 }), ...voice(2000)),
    },
  ])('takes $given for what it is no tone and no music', ({ pcm }) => {
    expect(isSteadySound(pcm, LIMITS)).toBe(false);
  });

  it('never takes recorded speech for a tone or music, wherever it is cut', async () => {
    const speech = await realSpeech();
    const taken: number[] = [];
    for (const lengthMs of [300, 1000, 2500, 6000]) {
      for (let start = 0; start + lengthMs * 8 <= speech.length; start += lengthMs * 4) {
        if (isSteadySound(speech.subarray(start, start + lengthMs * 8), LIMITS)) taken.push(start);
      }
    }
    expect(taken).toEqual([]);
  });
});
