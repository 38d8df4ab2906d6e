import { join } from 'node:path';
import type { ExportFile, ExportManifest, ExportRebuild, paths } from '@earshot/api';
import type { Client } from 'openapi-fetch';
import { badAnswer, downloadFile, type DownloadWith } from './download-file.ts';
import { EarshotApiError } from './earshot-api-error.ts';
import { unwrap } from './unwrap.ts';

/** Which files of a day are wanted, and where. */
export interface DownloadOptions {
  readonly format: ExportFile['format'];
  /** Made where it is missing. */
  readonly directory: string;
  /** Ends the download with its reason; the next call goes on with it. */
  readonly signal?: AbortSignal;
  /** An hour such as `hr=13`. Default: the whole day. */
  readonly interval?: string;
}

/** A file that lies there whole, its sha256 as announced. */
export interface DownloadedFile extends ExportFile {
  /** Where it lies now. */
  readonly path: string;
}

/** Days of utterances as files; needs the scope `export:read`. Days are in UTC, `2026-11-22`. */
export interface ExportCalls {
  /** Days of which there are files, the earliest first. */
  listDates(): Promise<readonly string[]>;
  /** Row counts and checksums of a day. */
  get(date: string): Promise<ExportManifest>;
  /**
   * Brings the files of a day into a folder. A download that broke off is gone on with, also by the next call; a file has
   * its name only once its sha256 is right. A day without files of its own yet is `client.not-built`.
   */
  download(date: string, options: DownloadOptions): Promise<readonly DownloadedFile[]>;
  /** As `download`, each file as it is there. */
  files(date: string, options: DownloadOptions): AsyncIterable<DownloadedFile>;
  /** Builds a day again; needs the scope `admin`. `get` tells how far it is. */
  rebuild(date: string): Promise<ExportRebuild>;
}

const FEED = { feed: 'utterances', version: '1' } as const;

export function exportCalls(
  api: Client<paths>,
  transport: Pick<DownloadWith, 'fetch' | 'timeoutMs' | 'delay'>,
): ExportCalls {
  const byDate = (date: string) => ({ params: { path: { date } } });
  const get = async (date: string): Promise<ExportManifest> =>
    await unwrap(api.GET('/earshot/v1/exports/{date}', byDate(date)));
  async function* files(date: string, options: DownloadOptions): AsyncGenerator<DownloadedFile> {
    const { format, directory, interval, signal } = options;
    const unit = (await get(date)).units.find((each) => each.interval === interval);
    if (unit === undefined) throw notBuilt(date, interval);
    for (const file of unit.files.filter((each) => each.format === format)) {
      const hour = interval === undefined ? {} : { interval };
      const body = { ...FEED, format, date, ...hour, fileName: file.fileName };
      const requestFrom = async (from: number): Promise<Request> => {
        const { url } = await unwrap(api.POST('/fileexporter/v1/static/getfeedfile', { body }));
        return new Request(url, from > 0 ? { headers: { range: `bytes=${from}-` } } : {});
      };
      const path = pathOf(file, directory);
      await downloadFile(file, path, { ...transport, requestFrom, failureOf, signal });
      yield { ...file, path };
    }
  }
  return {
    async listDates() {
      const body = { ...FEED, format: 'jsonl' };
      return (await unwrap(api.POST('/fileexporter/v1/static/listfeeddates', { body }))).dates;
    },
    get,
    files,
    async download(date, options) {
      const downloaded: DownloadedFile[] = [];
      for await (const file of files(date, options)) downloaded.push(file);
      return downloaded;
    },
    rebuild: async (date) => await unwrap(api.POST('/earshot/v1/exports/{date}/rebuild', byDate(date))),
  };
}

function pathOf({ fileName }: ExportFile, directory: string): string {
  if (/^\w[\w.=-]{0,199}$/.test(fileName)) return join(directory, fileName);
  throw badAnswer('Cannot save a file under the name in the answer');
}

async function failureOf({ status }: Response): Promise<EarshotApiError> {
  return new EarshotApiError(`Cannot download the file: the answer has status ${status}`, {
    status,
    code: 'client.bad-answer',
    requestId: undefined,
    // 403: the address expired; 404 and 416: the file was replaced. A fresh address may do.
    retryable: true,
  });
}

function notBuilt(date: string, interval: string | undefined): EarshotApiError {
  const what = interval === undefined ? date : `${interval} of ${date}`;
  return new EarshotApiError(`Cannot download ${what}: it is not built yet`, {
    status: undefined,
    code: 'client.not-built',
    requestId: undefined,
    retryable: true,
  });
}
