import { randomBytes } from 'node:crypto';
import type { CallSettings } from '@earshot/domain';
import type { RecognizedWord, SpeechRecognizer } from '@earshot/speech';
import { createVault } from '@earshot/vault';
import { createMemoryDataKeyStore } from '@earshot/vault/testing';
import { describe, expect, it } from 'vitest';
import { lease, world } from '../testing/call-world.ts';
import { transcribeCall } from '../transcribe-call.ts';

const SAID = 'my PIN is five nine three seven.';
const MASKED = 'My PIN is ####.';
const WRITTEN = 'My PIN is 5937.';
const never = new AbortController().signal;

interface Given {
  readonly settings?: Partial<CallSettings>;
  readonly redactionForced?: boolean;
  readonly words?: readonly RecognizedWord[];
}

/** The first utterance of a call (customer, 512..1536 ms), as it is handed to the store. */
async function commitOf({ settings = {}, redactionForced = false, words }: Given) {
  const vault = createVault({ masterKey: randomBytes(32), dataKeys: createMemoryDataKeyStore() });
  const { deps, commits } = world({ text: SAID });
  const recognizer: SpeechRecognizer = {
    ...deps.recognizer,
    recognize: async (audio) => ({
      ...(await deps.recognizer.recognize(audio)),
      ...(words === undefined ? {} : { words }),
    }),
  };
  const leased = lease();
  const session = { ...leased.session, settings: { ...leased.session.settings, ...settings } };
  await transcribeCall({ ...deps, recognizer, vault, redactionForced }, { ...leased, session }, never);
  const [commit] = commits;
  if (commit === undefined) throw new Error('Cannot look at the utterance: nothing was committed');
  const open = async (record: string, sealed: Uint8Array) =>
    Buffer.from(await vault.open('tenant', `${record}:${commit.message.messageId}`, sealed)).toString();
  const { webhookBody, unredactedSealed } = commit;
  const body = typeof webhookBody === 'string' ? webhookBody : await open('delivery', webhookBody.sealed);
  return {
    commit,
    utterance: JSON.parse(body).autotranscribeResponse.utterance as readonly unknown[],
    raw: unredactedSealed === undefined ? undefined : await open('message', unredactedSealed),
  };
}

/** Every byte of the commit, in a form that can be searched. */
function bytesOf(value: object): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part instanceof Uint8Array ? Buffer.from(part).toString('latin1') : part,
  );
}

describe('outputsOf', () => {
  const outputs = [
    { given: { redactionOutput: 'redacted' }, want: [{ text: MASKED }], raw: undefined },
    { given: { redactionOutput: 'unredacted' }, want: [{ text: WRITTEN }], raw: WRITTEN },
    {
      given: { redactionOutput: 'redacted_and_unredacted' },
      want: [{ text: MASKED, unredactedText: WRITTEN }],
      raw: WRITTEN,
    },
  ] as const;
  it.each(outputs)('sends $want where $given.redactionOutput was asked for', async ({ given, want, raw }) => {
    const committed = await commitOf({ settings: given });
    expect(committed.utterance).toEqual(want);
    expect(committed.raw).toBe(raw);
    expect(committed.commit.message.text).toBe(MASKED);
  });

  it.each(outputs)('hands over no raw word that is not sealed for $given', async ({ given }) => {
    const { commit } = await commitOf({ settings: { ...given, detailedToken: true } });
    expect(bytesOf(commit)).not.toMatch(/5937|five|nine|seven/i);
    expect(typeof commit.webhookBody === 'string').toBe(given.redactionOutput === 'redacted');
  });

  it.each(outputs)('masks what $given asks for where the deployment forces it', async ({ given }) => {
    const committed = await commitOf({ settings: given, redactionForced: true });
    expect(committed.utterance).toEqual([{ text: MASKED }]);
    expect(committed.raw).toBeUndefined();
  });

  it('sends tokens with estimated times where the engine tells none', async () => {
    const settings = { redactionOutput: 'unredacted', detailedToken: true } as const;
    const { utterance } = await commitOf({ settings });
    const [{ text, token }] = utterance as [
      { text: string; token: { content: string; start: number; end: number }[] },
    ];
    expect(text).toBe(WRITTEN);
    expect(token.map(({ content }) => content)).toEqual(['My', 'PIN', 'is', '5937']);
    expect(token.every((one) => 'estimated' in one)).toBe(true);
    expect([token.at(0)?.start, token.at(-1)?.end]).toEqual([512, 1536]);
  });

  it('sends the times of the engine on the clock of the session', async () => {
    const settings = { redactionOutput: 'unredacted', detailedToken: true } as const;
    const spoken = ['my', 'PIN', 'is', 'five', 'nine', 'three', 'seven'];
    // Of the decoded audio, which begins 250 ms before the speech.
    const words = spoken.map((content, index) => ({
      content,
      startMs: 250 + index * 100,
      endMs: 330 + index * 100,
    }));
    const { utterance } = await commitOf({ settings, words });
    expect(utterance).toEqual([
      {
        text: WRITTEN,
        token: [
          { content: 'My', start: 512, end: 592 },
          { content: 'PIN', start: 612, end: 692 },
          { content: 'is', start: 712, end: 792 },
          { content: '5937', start: 812, end: 1192, punctuationAfter: '.' },
        ],
      },
    ]);
  });

  it('sends no tokens that nobody asked for', async () => {
    const { utterance } = await commitOf({ settings: { redactionOutput: 'unredacted' } });
    expect(utterance).toEqual([{ text: WRITTEN }]);
  });

  it('keeps what was masked without the words, with its place and time', async () => {
    const { commit } = await commitOf({});
    expect(commit.findings).toEqual([
      {
        type: 'PIN',
        rule: expect.any(String),
        confidence: expect.any(Number),
        start: MASKED.indexOf('#'),
        end: MASKED.lastIndexOf('#') + 1,
        startMs: expect.any(Number),
        endMs: 1536,
      },
    ]);
  });
});
