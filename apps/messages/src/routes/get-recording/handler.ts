import { ERROR_CODES, type GetRecordingQuery } from '@earshot/api';
import { planFileAnswer, refuse, type AppEnv, type FileAnswer, type QueryParams } from '@earshot/http';
import type { CallStore, RecordingStore } from '@earshot/storage';
import type { ObjectStore } from '@earshot/storage/objects';
import type { Logger } from '@earshot/telemetry';
import type { Context } from 'hono';
import { chooseRecording } from '../../recordings/choose-recording.ts';
import { recordingForm } from '../../recordings/recording-bytes.ts';

export const PATH = '/earshot/v1/calls/:guid/recording';

export interface GetRecordingDeps {
  readonly calls: Pick<CallStore, 'getCall'>;
  readonly recordings: Pick<RecordingStore, 'listByConversation'>;
  /** `undefined` where the deployment names no place for recordings. */
  readonly recordingObjects: ObjectStore | undefined;
  readonly logger: Logger;
}

const TOO_LONG = 'The recording is longer than WAV can hold: take it as mkv';
const NO_STORE = 'This deployment names no place where recordings are kept';

/** GET and HEAD /earshot/v1/calls/{guid}/recording */
export function getRecording({ calls, recordings, recordingObjects: objects, logger }: GetRecordingDeps) {
  return async (c: Context<AppEnv, typeof PATH, QueryParams<GetRecordingQuery>>) => {
    const { format = 'mkv', leg } = c.req.valid('query');
    const { tenantId, apiId } = c.get('key');
    const guid = c.req.param('guid');
    const call = await calls.getCall(tenantId, guid);
    if (call === undefined) {
      return refuse(c, { code: ERROR_CODES.notFound, message: 'No call with this guid' });
    }
    const legs = await recordings.listByConversation(tenantId, call.conversationId);
    const chosen = chooseRecording(legs, leg, objects === undefined ? [] : call.sessions);
    if ('refusal' in chosen) return refuse(c, chosen.refusal);
    if (objects === undefined) return refuse(c, { code: ERROR_CODES.unavailable, message: NO_STORE });
    const { ready } = chosen;
    const form = recordingForm(ready, format);
    if (form === undefined) return refuse(c, { code: ERROR_CODES.unprocessable, message: TOO_LONG });
    const fileName = `${guid}-${ready.leg}.${format}`;
    const plan = planFileAnswer(c.req, { ...form, fileName });
    const { status, body } = plan;
    const stream = body && (await form.read(objects, body));
    if (body !== undefined && stream === undefined) {
      return refuse(c, { code: ERROR_CODES.notFound, message: 'The recording was erased' });
    }
    const requestId = c.get('requestId');
    logger.info('recording.read', { requestId, apiId, sessionId: ready.sessionId, format, status });
    return answer(c, plan, stream);
  };
}

function answer(
  c: Context<AppEnv>,
  { status, headers }: FileAnswer,
  stream: ReadableStream<Uint8Array> | undefined,
): Response {
  if (status === 416) {
    const told = { 'content-range': headers['content-range'] ?? '' };
    const message = 'The file has no byte of this range';
    return refuse(c, { code: ERROR_CODES.rangeNotSatisfiable, message, headers: told });
  }
  // Anything between us and the client may keep it for nobody else, and asks again before each use.
  const all = { ...headers, 'cache-control': 'private, no-cache' };
  if (stream === undefined || status === 304) return c.body(null, status, all);
  return c.body(stream, status, all);
}
