import {
  validateGetFeedFileBody,
  validateListFeedDatesBody,
  validateListFeedFilesBody,
  validateListFeedFormatsBody,
  validateListFeedIntervalsBody,
  validateListFeedVersionsBody,
} from '@earshot/api';
import type { Clock } from '@earshot/domain';
import {
  createApp,
  jsonBody,
  requireScope,
  unroutedRefusal,
  type KeyLookup,
  type RateLimit,
  type ReadyCheck,
} from '@earshot/http';
import type { ExportStore } from '@earshot/storage';
import type { ObjectStore } from '@earshot/storage/objects';
import type { Logger, Metrics } from '@earshot/telemetry';
import { Hono } from 'hono';
import { FILES_PATH, type UrlSigner } from './downloads/url-signer.ts';
import { downloadFile, refuseDownload } from './routes/download-file/handler.ts';
import { getExport } from './routes/get-export/handler.ts';
import { getFeedFile } from './routes/get-feed-file/handler.ts';
import { listFeedDates } from './routes/list-feed-dates/handler.ts';
import { listFeedFiles } from './routes/list-feed-files/handler.ts';
import { listFeedFormats } from './routes/list-feed-formats/handler.ts';
import { listFeedIntervals } from './routes/list-feed-intervals/handler.ts';
import { listFeedVersions } from './routes/list-feed-versions/handler.ts';
import { listFeeds } from './routes/list-feeds/handler.ts';
import { rebuildExport } from './routes/rebuild-export/handler.ts';

export interface ExporterDeps {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly keys: KeyLookup;
  readonly rateLimit: RateLimit;
  readonly checkReady: ReadyCheck;
  readonly exports: ExportStore;
  readonly objects: ObjectStore;
  readonly signer: UrlSigner;
  /** Where clients reach this app; absent: where the request came to. */
  readonly publicUrl: string | undefined;
  /** Told of a rebuild that was asked for. */
  readonly wakeBuilder: () => void;
}

const STATIC = '/fileexporter/v1/static';

/** The route table. Files are handed out before the shell, since their address is the credential. */
export function createExporterApp(deps: ExporterDeps): Hono {
  const { logger, metrics, clock, keys, rateLimit, checkReady } = deps;
  const app = createApp({ logger, metrics, clock, keys, rateLimit, checkReady });
  const reads = requireScope('export:read');
  app.post(`${STATIC}/listfeeds`, reads, listFeeds());
  app.post(`${STATIC}/listfeedversions`, reads, jsonBody(validateListFeedVersionsBody), listFeedVersions());
  app.post(`${STATIC}/listfeedformats`, reads, jsonBody(validateListFeedFormatsBody), listFeedFormats());
  app.post(`${STATIC}/listfeeddates`, reads, jsonBody(validateListFeedDatesBody), listFeedDates(deps));
  app.post(
    `${STATIC}/listfeedintervals`,
    reads,
    jsonBody(validateListFeedIntervalsBody),
    listFeedIntervals(deps),
  );
  app.post(`${STATIC}/listfeedfiles`, reads, jsonBody(validateListFeedFilesBody), listFeedFiles(deps));
  app.post(`${STATIC}/getfeedfile`, reads, jsonBody(validateGetFeedFileBody), getFeedFile(deps));
  app.get('/earshot/v1/exports/:date', reads, getExport(deps));
  app.post('/earshot/v1/exports/:date/rebuild', requireScope('admin'), rebuildExport(deps));
  const outer = new Hono({ strict: false });
  const file = `${FILES_PATH}/:fileName`;
  outer.get(file, downloadFile(deps));
  outer.all(file, (c) => refuseDownload(unroutedRefusal(outer, c)));
  outer.all('*', async (c) => await app.fetch(c.req.raw, c.env));
  return outer;
}
