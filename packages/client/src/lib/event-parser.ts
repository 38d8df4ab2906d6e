import { EarshotApiError } from './earshot-api-error.ts';

export interface ServerEvent {
  /** `message` when the server named none; `comment` for a comment, which shows that the server is there. */
  readonly type: string;
  readonly data: string;
  /** Of this or the last event that had one. */
  readonly id: string | undefined;
}

export interface EventParser {
  /** The events that this piece completes. @throws EarshotApiError `client.bad-answer` for an endless event */
  push(piece: string): readonly ServerEvent[];
}

/** Far above the longest utterance. */
const EVENT_CHARS_MAX = 1024 * 1024;

/** text/event-stream (WHATWG HTML, section 9.2.6), cut anywhere. */
export function createEventParser(): EventParser {
  let rest = '';
  let type = '';
  let id: string | undefined;
  let data: string[] = [];
  let dataChars = 0;

  const readLine = (line: string): ServerEvent | undefined => {
    if (line === '') {
      const event = { type: type === '' ? 'message' : type, data: data.join('\n'), id };
      const isEvent = data.length > 0;
      type = '';
      data = [];
      dataChars = 0;
      return isEvent ? event : undefined;
    }
    if (line.startsWith(':')) return { type: 'comment', data: line.slice(1), id };
    const [name = '', ...values] = line.split(':');
    const value = values.join(':').replace(/^ /, '');
    if (name === 'event') type = value;
    if (name === 'id' && !value.includes('\0')) id = value;
    if (name === 'data') {
      data.push(value);
      dataChars += value.length;
    }
    return undefined;
  };

  return {
    push(piece) {
      const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      const events = lines.map(readLine).filter((event) => event !== undefined);
      if (rest.length + dataChars > EVENT_CHARS_MAX) throw tooLong();
      return events;
    },
  };
}

function tooLong(): EarshotApiError {
  const message = `Cannot read event: its size exceeds limit ${EVENT_CHARS_MAX} characters`;
  return new EarshotApiError(message, {
    status: 200,
    code: 'client.bad-answer',
    requestId: undefined,
    retryable: false,
  });
}
