import type {
  LanguageCode,
  StartStreamTranscriptionCommand,
  StartStreamTranscriptionCommandOutput,
} from '@aws-sdk/client-transcribe-streaming';
import { msToSamples, TELEPHONY_SAMPLE_RATE_HZ } from '@earshot/domain';
import { PushFeed } from './push-feed.ts';
import type { RecognitionStream, StreamResult } from './recognition-stream.ts';
import { transcribeFailure } from './transcribe-failure.ts';
import { resultsOfEvent } from './transcribe-result.ts';

/** What we use of `TranscribeStreamingClient`. */
export interface TranscribeClient {
  send(
    command: StartStreamTranscriptionCommand,
    options: { readonly abortSignal: AbortSignal },
  ): Promise<StartStreamTranscriptionCommandOutput>;
}

export interface TranscribeStreamRequest {
  readonly languageCode: LanguageCode;
  readonly vocabularyName?: string;
}

/** Transcribe closes a result once it hears so much silence; there is no message that asks for it. */
const CLOSING_SILENCE_PIECES = 10;
/** 100 ms an event, as of speech: the service limits the size of one. */
const PIECE_SAMPLES = msToSamples(100);

/** One StartStreamTranscription. Errors of the start, refused credentials among them, come out of `results`. */
export function openTranscribeStream(
  client: TranscribeClient,
  Command: typeof StartStreamTranscriptionCommand,
  request: TranscribeStreamRequest,
): RecognitionStream {
  const feed = new PushFeed<Int16Array>();
  const abandon = new AbortController();
  const command = new Command({
    LanguageCode: request.languageCode,
    MediaEncoding: 'pcm',
    MediaSampleRateHertz: TELEPHONY_SAMPLE_RATE_HZ,
    ...(request.vocabularyName === undefined ? {} : { VocabularyName: request.vocabularyName }),
    AudioStream: audioEvents(feed),
  });
  const silence = (pieces: number): number => {
    for (let piece = 0; piece < pieces; piece += 1) feed.push(new Int16Array(PIECE_SAMPLES));
    return pieces * PIECE_SAMPLES;
  };
  return {
    send: (pcm) => feed.push(pcm),
    finishUtterance: () => silence(CLOSING_SILENCE_PIECES),
    keepAlive: () => silence(1),
    end: () => feed.end(),
    abandon: () => {
      feed.end();
      abandon.abort();
    },
    results: resultsOf(client, command, abandon.signal),
  };
}

/** The SDK answers `send` with the first event, so audio has to flow before it does. */
async function* resultsOf(
  client: TranscribeClient,
  command: StartStreamTranscriptionCommand,
  abortSignal: AbortSignal,
): AsyncGenerator<StreamResult> {
  try {
    const response = await client.send(command, { abortSignal });
    for await (const event of response.TranscriptResultStream ?? []) yield* resultsOfEvent(event);
  } catch (error) {
    throw transcribeFailure(error);
  }
}

async function* audioEvents(
  feed: PushFeed<Int16Array>,
): AsyncGenerator<{ AudioEvent: { AudioChunk: Uint8Array } }> {
  for await (const pcm of feed) {
    yield { AudioEvent: { AudioChunk: new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength) } };
  }
}
