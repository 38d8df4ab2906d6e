import type { ListFeedsResponse } from '@earshot/api';
import type { AppEnv } from '@earshot/http';
import type { Context } from 'hono';
import { FEEDS } from '../../feeds/feed.ts';

/** POST /fileexporter/v1/static/listfeeds: without a body. */
export function listFeeds() {
  return (c: Context<AppEnv>) => {
    const answer: ListFeedsResponse = { feeds: [...FEEDS] };
    return c.json(answer);
  };
}
