import { ERROR_CODES, type ListFeedFilesBody, type ListFeedFilesResponse } from '@earshot/api';
import { refuse, type AppEnv, type JsonBody } from '@earshot/http';
import type { Context } from 'hono';
import { findDay, findFeed, findInterval, type DaysDeps } from '../../feeds/find-feed.ts';

/** POST /fileexporter/v1/static/listfeedfiles */
export function listFeedFiles(deps: DaysDeps) {
  return async (c: Context<AppEnv, string, JsonBody<ListFeedFilesBody>>) => {
    const { feed, version, format, date, interval } = c.req.valid('json');
    const found = findFeed({ feed, version, format });
    if ('message' in found) return refuse(c, { code: ERROR_CODES.unprocessable, message: found.message });
    const day = await findDay(deps, c.get('key').tenantId, date);
    if ('message' in day) return refuse(c, { code: ERROR_CODES.unprocessable, message: day.message });
    const asked = findInterval(day, interval);
    if ('message' in asked) return refuse(c, { code: ERROR_CODES.unprocessable, message: asked.message });
    const unit = day.units.find(({ hour }) => hour === asked.hour);
    const files = (unit?.files ?? []).filter((file) => file.format === found.format);
    const answer: ListFeedFilesResponse = {
      feed,
      version,
      format,
      date,
      ...(interval === undefined ? {} : { interval }),
      files: files.map(({ fileName }) => fileName),
    };
    return c.json(answer);
  };
}
