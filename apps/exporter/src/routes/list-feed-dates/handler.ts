import { ERROR_CODES, type ListFeedDatesBody, type ListFeedDatesResponse } from '@earshot/api';
import { refuse, type AppEnv, type JsonBody } from '@earshot/http';
import type { Context } from 'hono';
import { findFeed, listKeptDays, type DaysDeps } from '../../feeds/find-feed.ts';

/** POST /fileexporter/v1/static/listfeeddates */
export function listFeedDates(deps: DaysDeps) {
  return async (c: Context<AppEnv, string, JsonBody<ListFeedDatesBody>>) => {
    const { feed, version, format } = c.req.valid('json');
    const found = findFeed({ feed, version, format });
    if ('message' in found) return refuse(c, { code: ERROR_CODES.unprocessable, message: found.message });
    const dates = [...(await listKeptDays(deps, c.get('key').tenantId))];
    const answer: ListFeedDatesResponse = { feed, version, format, dates };
    return c.json(answer);
  };
}
