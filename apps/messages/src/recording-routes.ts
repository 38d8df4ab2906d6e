import { validateGetRecordingQuery } from '@earshot/api';
import { queryParams, requireScope, type AppEnv } from '@earshot/http';
import type { Hono } from 'hono';
import * as recording from './routes/get-recording/handler.ts';
import * as recordings from './routes/list-recordings/handler.ts';

export type RecordingRouteDeps = recordings.ListRecordingsDeps & recording.GetRecordingDeps;

/** What was recorded, to those who may hear it. */
export function addRecordingRoutes(app: Hono<AppEnv>, deps: RecordingRouteDeps): void {
  const mayHear = requireScope('recordings:read');
  app.get(recordings.PATH, mayHear, recordings.listRecordings(deps));
  app.get(recording.PATH, mayHear, queryParams(validateGetRecordingQuery), recording.getRecording(deps));
}
