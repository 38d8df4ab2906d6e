import { ERROR_CODES, type ListFeedVersionsBody, type ListFeedVersionsResponse } from '@earshot/api';
import { refuse, type AppEnv, type JsonBody } from '@earshot/http';
import type { Context } from 'hono';
import { VERSIONS } from '../../feeds/feed.ts';
import { findFeed } from '../../feeds/find-feed.ts';

/** POST /fileexporter/v1/static/listfeedversions */
export function listFeedVersions() {
  return (c: Context<AppEnv, string, JsonBody<ListFeedVersionsBody>>) => {
    const { feed } = c.req.valid('json');
    const found = findFeed({ feed });
    if ('message' in found) return refuse(c, { code: ERROR_CODES.unprocessable, message: found.message });
    const answer: ListFeedVersionsResponse = { feed, versions: [...VERSIONS] };
    return c.json(answer);
  };
}
