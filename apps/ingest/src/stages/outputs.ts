import type { TranscriptMessage, Utterance } from '@earshot/domain';
import type { RecognizedSpeech } from '@earshot/speech';
import type { CallSession, CommitUtteranceInput } from '@earshot/storage';
import type { Vault } from '@earshot/vault';
import type { HeardSpeech } from '../call-track.ts';
import { sessionClock, spokenSpans } from '../session-clock.ts';
import { transcriptTokens, type TranscriptToken } from '../transcript-tokens.ts';
import { webhookBody, type WebhookUtterance } from '../webhook-body.ts';

/** An utterance without masks, and what it was made of. Raw words: never log it, never put it in an error. */
export interface RawTranscript {
  readonly utterance: Utterance;
  readonly speech: HeardSpeech;
  readonly words: RecognizedSpeech['words'];
  /** Writes what was heard as people write it. */
  readonly write: (text: string) => { readonly text: string };
}

export interface OutputsDeps {
  readonly vault: Pick<Vault, 'seal'>;
  /** Raw words go nowhere, whatever a session asked for before the deployment was told so. */
  readonly redactionForced: boolean;
}

/** What the session asked to get out of an utterance. */
export type Outputs = Pick<CommitUtteranceInput, 'unredactedSealed' | 'webhookBody'>;

/**
 * What goes to store and endpoints: the redacted text as it is; raw words only where the call asked for them, and only
 * sealed, for the records `message:<messageId>` and `delivery:<messageId>`.
 */
export async function outputsOf(
  { vault, redactionForced }: OutputsDeps,
  session: CallSession,
  message: TranscriptMessage,
  raw: RawTranscript,
): Promise<Outputs> {
  const { tenantId, guid, settings } = session;
  const output = redactionForced ? 'redacted' : settings.redactionOutput;
  if (output === 'redacted') {
    return { webhookBody: webhookBody(guid, message, { text: message.text }) };
  }
  const { text } = raw.write(raw.utterance.text);
  const token = settings.detailedToken ? { token: tokensOf(raw, text) } : {};
  const utterance: WebhookUtterance =
    output === 'unredacted' ? { text, ...token } : { text: message.text, unredactedText: text };
  const [unredactedSealed, sealed] = await Promise.all([
    vault.seal(tenantId, `message:${message.messageId}`, text),
    vault.seal(tenantId, `delivery:${message.messageId}`, webhookBody(guid, message, utterance)),
  ]);
  return { unredactedSealed, webhookBody: { sealed } };
}

function tokensOf({ utterance, speech, words }: RawTranscript, text: string): readonly TranscriptToken[] {
  const onSession = sessionClock(utterance, speech);
  return transcriptTokens({
    text,
    startMs: utterance.startMs,
    endMs: utterance.endMs,
    words: words?.map((word) => ({
      ...word,
      startMs: onSession(word.startMs),
      endMs: onSession(word.endMs),
    })),
    voiced: spokenSpans(utterance, speech),
  });
}
