import { ERROR_CODES, type GetFeedFileBody, type GetFeedFileResponse } from '@earshot/api';
import { refuse, type AppEnv, type JsonBody } from '@earshot/http';
import type { ExportDay, ExportFile, ExportStore } from '@earshot/storage';
import type { ObjectStore } from '@earshot/storage/objects';
import type { Context } from 'hono';
import { URL_LIFETIME_SECONDS, type UrlSigner } from '../../downloads/url-signer.ts';
import {
  findDay,
  findFeed,
  findInterval,
  notThere,
  type DaysDeps,
  type NotThere,
} from '../../feeds/find-feed.ts';

export interface GetFeedFileDeps extends DaysDeps {
  readonly exports: DaysDeps['exports'] & Pick<ExportStore, 'findFile'>;
  readonly objects: ObjectStore;
  readonly signer: UrlSigner;
  readonly publicUrl: string | undefined;
}

/** POST /fileexporter/v1/static/getfeedfile */
export function getFeedFile(deps: GetFeedFileDeps) {
  return async (c: Context<AppEnv, string, JsonBody<GetFeedFileBody>>) => {
    const { feed, version, format, date, interval, fileName } = c.req.valid('json');
    const found = findFeed({ feed, version, format });
    if ('message' in found) return refuse(c, { code: ERROR_CODES.unprocessable, message: found.message });
    const day = await findDay(deps, c.get('key').tenantId, date);
    if ('message' in day) return refuse(c, { code: ERROR_CODES.unprocessable, message: day.message });
    const file = await findFile(deps, day, { format: found.format, interval, fileName });
    if ('message' in file) return refuse(c, { code: ERROR_CODES.unprocessable, message: file.message });
    const url = await urlOf(deps, file, () => deps.publicUrl ?? originOf(c));
    const asked = { feed, version, format, date, ...(interval === undefined ? {} : { interval }) };
    const answer: GetFeedFileResponse = { ...asked, fileName, url };
    return c.json(answer);
  };
}

/** A superseded file is found by its name while it is there, so that a list that was read before still works. */
async function findFile(
  { exports }: GetFeedFileDeps,
  day: ExportDay,
  asked: { format: string | undefined; interval: string | undefined; fileName: string },
): Promise<ExportFile | NotThere> {
  const interval = findInterval(day, asked.interval);
  if ('message' in interval) return interval;
  const file = await exports.findFile(day.tenantId, day.day, asked.fileName);
  const isOfInterval = asked.interval === undefined || file?.hour === interval.hour;
  if (file !== undefined && file.format === asked.format && isOfInterval) return file;
  const unit = day.units.find(({ hour }) => hour === interval.hour);
  const names = (unit?.files ?? []).filter(({ format }) => format === asked.format);
  return notThere(
    'fileName',
    names.map(({ fileName }) => fileName),
  );
}

async function urlOf(
  { objects, signer }: GetFeedFileDeps,
  { objectKey, fileName }: ExportFile,
  origin: () => string,
): Promise<string> {
  const options = { expiresInSeconds: URL_LIFETIME_SECONDS, fileName };
  const presigned = await objects.presign?.(objectKey, options);
  return presigned ?? new URL(signer.sign({ key: objectKey, fileName }), origin()).href;
}

/** An ingress that ends TLS says so; the name it was asked by comes through. */
function originOf(c: Context<AppEnv>): string {
  const url = new URL(c.req.url);
  if (c.req.header('x-forwarded-proto') === 'https') url.protocol = 'https:';
  return url.origin;
}
