import { ERROR_CODES, type ListFeedFormatsBody, type ListFeedFormatsResponse } from '@earshot/api';
import { refuse, type AppEnv, type JsonBody } from '@earshot/http';
import type { Context } from 'hono';
import { FORMATS } from '../../feeds/feed.ts';
import { findFeed } from '../../feeds/find-feed.ts';

/** POST /fileexporter/v1/static/listfeedformats */
export function listFeedFormats() {
  return (c: Context<AppEnv, string, JsonBody<ListFeedFormatsBody>>) => {
    const { feed, version } = c.req.valid('json');
    const found = findFeed({ feed, version });
    if ('message' in found) return refuse(c, { code: ERROR_CODES.unprocessable, message: found.message });
    const answer: ListFeedFormatsResponse = { feed, version, formats: [...FORMATS] };
    return c.json(answer);
  };
}
