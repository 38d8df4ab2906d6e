import { ERROR_CODES, type RecordingList } from '@earshot/api';
import { refuse, type AppEnv } from '@earshot/http';
import type { CallStore, RecordingStore } from '@earshot/storage';
import type { Context } from 'hono';
import { presentRecording } from '../../recordings/present-recording.ts';

export const PATH = '/earshot/v1/calls/:guid/recordings';

export interface ListRecordingsDeps {
  readonly calls: Pick<CallStore, 'getCall'>;
  readonly recordings: Pick<RecordingStore, 'listByConversation'>;
}

/** GET /earshot/v1/calls/{guid}/recordings */
export function listRecordings({ calls, recordings }: ListRecordingsDeps) {
  return async (c: Context<AppEnv, typeof PATH>) => {
    const { tenantId } = c.get('key');
    const call = await calls.getCall(tenantId, c.req.param('guid'));
    if (call === undefined) {
      return refuse(c, { code: ERROR_CODES.notFound, message: 'No call with this guid' });
    }
    const legs = await recordings.listByConversation(tenantId, call.conversationId);
    return c.json({ recordings: legs.map(presentRecording) } satisfies RecordingList);
  };
}
