import type { Item, Result, TranscriptResultStream } from '@aws-sdk/client-transcribe-streaming';
import type { StreamResult } from './recognition-stream.ts';
import type { StreamWord } from './stream-words.ts';

/** Marks that open a sentence or a quotation; every other mark belongs to the word before it. */
const OPENING_MARKS: ReadonlySet<string> = new Set(['¿', '¡', '“', '«', '(']);

/** Times of Amazon Transcribe are seconds from the first audio of the stream. */
export function resultsOfEvent(event: TranscriptResultStream): readonly StreamResult[] {
  return (event.TranscriptEvent?.Transcript?.Results ?? []).map((result) => ({
    isFinal: result.IsPartial !== true,
    endMs: (result.EndTime ?? 0) * 1000,
    words: wordsOf(result),
    isFlushed: false,
  }));
}

function wordsOf(result: Result): readonly StreamWord[] {
  const words: StreamWord[] = [];
  let before = '';
  for (const item of result.Alternatives?.[0]?.Items ?? []) {
    const content = item.Content ?? '';
    if (content === '') continue;
    const last = words.at(-1);
    if (item.Type !== 'punctuation') {
      words.push(wordOf(item, content, before));
      before = '';
    } else if (last === undefined || OPENING_MARKS.has(content)) {
      before += content;
    } else {
      words[words.length - 1] = { ...last, punctuationAfter: (last.punctuationAfter ?? '') + content };
    }
  }
  return words;
}

function wordOf(item: Item, content: string, before: string): StreamWord {
  const startMs = (item.StartTime ?? 0) * 1000;
  const endMs = (item.EndTime ?? item.StartTime ?? 0) * 1000;
  return { content, startMs, endMs, ...(before === '' ? {} : { punctuationBefore: before }) };
}
