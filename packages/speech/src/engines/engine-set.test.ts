import type { SpeechEngine } from '@earshot/domain';
import { describe, expect, it } from 'vitest';
import { speechError } from '../lib/speech-error.ts';
import type { SpeechRecognizer } from '../lib/speech-recognizer.ts';
import { createScriptedRecognizer } from '../testing.ts';
import { EngineSet } from './engine-set.ts';

function setOf(failures = 0) {
  const log: string[] = [];
  let left = failures;
  const opener = (engine: SpeechEngine) => async (): Promise<SpeechRecognizer> => {
    log.push(`open ${engine}`);
    await Promise.resolve();
    if (left > 0) {
      left -= 1;
      throw speechError('speech.model-missing', 'Cannot open: test');
    }
    const close = async (): Promise<void> => void log.push(`close ${engine}`);
    return { ...createScriptedRecognizer([]), close };
  };
  const set = new EngineSet(
    new Map([
      ['moonshine', opener('moonshine')],
      ['deepgram', opener('deepgram')],
    ]),
  );
  return { set, log };
}

describe('EngineSet', () => {
  it('opens an engine when it is first asked for, once for all who ask', async () => {
    const { set, log } = setOf();
    expect([set.offered, log]).toEqual([['moonshine', 'deepgram'], []]);
    const [one, other] = await Promise.all([set.open('deepgram'), set.open('deepgram')]);
    expect(one).toBe(other);
    expect(await set.open('deepgram')).toBe(one);
    expect(log).toEqual(['open deepgram']);
  });

  it('tries again what could not be opened', async () => {
    const { set, log } = setOf(1);
    await expect(set.open('deepgram')).rejects.toMatchObject({ code: 'speech.model-missing' });
    await set.open('deepgram');
    expect(log).toEqual(['open deepgram', 'open deepgram']);
  });

  it('names what it offers to one who asks for something else', async () => {
    const { set } = setOf();
    await expect(set.open('sherpa')).rejects.toMatchObject({
      code: 'speech.engine-not-offered',
      message: 'Cannot open sherpa: this process offers moonshine, deepgram',
    });
  });

  it('closes what was opened, that which is being opened included, and opens nothing more', async () => {
    const { set, log } = setOf();
    await set.open('moonshine');
    const opening = set.open('deepgram');
    await set.close();
    await opening;
    expect(log.toSorted()).toEqual(['close deepgram', 'close moonshine', 'open deepgram', 'open moonshine']);
    await expect(set.open('moonshine')).rejects.toMatchObject({ code: 'speech.closed' });
  });
});
