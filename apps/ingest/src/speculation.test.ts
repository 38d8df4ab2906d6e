import { Endpointer, type SpeechAudio, type SpeechRecognizer } from '@earshot/speech';
import { createScriptedDetector } from '@earshot/speech/testing';
import { describe, expect, it } from 'vitest';
import type { CreateEndpointer } from './call-track.ts';
import { lease, world } from './testing/call-world.ts';
import { transcribeCall } from './transcribe-call.ts';

const never = new AbortController().signal;

/** Answers with what it heard, so that other audio would be other text. */
function recognizer(failing: (audio: SpeechAudio) => boolean = () => false) {
  const heard: SpeechAudio[] = [];
  const recognizer: SpeechRecognizer = {
    capabilities: { languages: ['en'], wordTimes: false, partials: 'none' },
    recognize: async (audio) => {
      heard.push(audio);
      if (failing(audio)) throw new Error('broken');
      return {
        text: `Heard ${audio.pcm.length} samples, ${audio.pcm.reduce((sum, each) => sum + each, 0)}.`,
      };
    },
    close: async () => undefined,
  };
  return { heard, recognizer };
}

const withoutLikely: CreateEndpointer = (_role, restored) => {
  const inner = Endpointer.create(createScriptedDetector(), {}, restored);
  return {
    get receivedSamples() {
      return inner.receivedSamples;
    },
    push: (pcm) => inner.push(pcm),
    flush: () => inner.flush(),
    snapshot: () => inner.snapshot(),
  };
};

async function textsOf(deps: Partial<ReturnType<typeof world>['deps']>): Promise<string[]> {
  const call = world();
  await transcribeCall({ ...call.deps, ...deps }, lease(), never);
  return call.commits.map(({ message }) => message.text);
}

describe('transcribeCall with speculation', () => {
  it('commits the very texts that are committed without it, each decoded once', async () => {
    const ahead = recognizer();
    const texts = await textsOf({ recognizer: ahead.recognizer });
    const after = recognizer();
    expect(texts).toHaveLength(3);
    expect(await textsOf({ recognizer: after.recognizer, createEndpointer: withoutLikely })).toEqual(texts);
    expect(ahead.heard.map(({ priority }) => priority)).toEqual(
      Array.from({ length: 3 }, () => 'speculative'),
    );
    expect(after.heard.map(({ priority }) => priority)).toEqual([undefined, undefined, undefined]);
  });

  it('asks again after the cut where a decode before it failed', async () => {
    const { heard, recognizer: flaky } = recognizer(({ priority }) => priority === 'speculative');
    expect(await textsOf({ recognizer: flaky })).toHaveLength(3);
    expect(heard).toHaveLength(6);
  });
});
