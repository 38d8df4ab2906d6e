import { EarshotApiError, errorOfAnswer } from './earshot-api-error.ts';

interface Answer<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/** The data of a 2xx answer; anything else is thrown. */
export async function unwrap<T>(pending: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await understood(pending);
  if (!response.ok) throw errorOfAnswer(response.status, error);
  return asData(data);
}

/** openapi-fetch types `data` as optional since it knows `error` apart; with a 2xx status it is there. */
function asData<T>(data: T | undefined): T {
  return data as T;
}

/** openapi-fetch parses a 2xx body as JSON and lets the parser's error out. */
async function understood<T>(pending: Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await pending;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new EarshotApiError('Cannot read the answer: it is not JSON', {
      status: undefined,
      code: 'client.bad-answer',
      requestId: undefined,
      retryable: false,
      cause,
    });
  }
}
