import { ERROR_CODES, type ListFeedIntervalsBody, type ListFeedIntervalsResponse } from '@earshot/api';
import { refuse, type AppEnv, type JsonBody } from '@earshot/http';
import type { Context } from 'hono';
import { findDay, findFeed, intervalsOf, type DaysDeps } from '../../feeds/find-feed.ts';

/** POST /fileexporter/v1/static/listfeedintervals */
export function listFeedIntervals(deps: DaysDeps) {
  return async (c: Context<AppEnv, string, JsonBody<ListFeedIntervalsBody>>) => {
    const { feed, version, format, date } = c.req.valid('json');
    const found = findFeed({ feed, version, format });
    if ('message' in found) return refuse(c, { code: ERROR_CODES.unprocessable, message: found.message });
    const day = await findDay(deps, c.get('key').tenantId, date);
    if ('message' in day) return refuse(c, { code: ERROR_CODES.unprocessable, message: day.message });
    const intervals = [...intervalsOf(day.units)];
    const answer: ListFeedIntervalsResponse = { feed, version, format, date, intervals };
    return c.json(answer);
  };
}
