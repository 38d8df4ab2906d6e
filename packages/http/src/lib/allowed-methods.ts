import type { Context, Env, Hono } from 'hono';
import { METHOD_NAME_ALL } from 'hono/router';
import { ERROR_CODES } from '@earshot/api';
import type { Refusal } from './app-env.ts';

/**
 * The methods that a route of the app answers at a path, sorted; none for an unknown path. `HEAD` goes with every `GET`.
 * Middleware and catch-alls are no routes.
 */
export function allowedMethods<E extends Env>(app: Hono<E>, path: string): readonly string[] {
  const methods = new Set(app.routes.map(({ method }) => method).filter((name) => name !== METHOD_NAME_ALL));
  const allowed = [...methods].filter((method) =>
    app.router.match(method, path)[0].some(([[, route]]) => route.method === method),
  );
  return (allowed.includes('GET') ? [...allowed, 'HEAD'] : allowed).toSorted();
}

/** Why no route of the app takes a request: 405 `405-01` with `Allow` where others of its methods do, else 404 `404-01`. */
export function unroutedRefusal<E extends Env>(app: Hono<E>, c: Context<E>): Refusal {
  const allowed = allowedMethods(app, c.req.path).join(', ');
  if (allowed === '') return { code: ERROR_CODES.notFound, message: 'There is nothing at this path' };
  const message = `This path does not take ${c.req.method}, only ${allowed}`;
  return { code: ERROR_CODES.methodNotAllowed, message, headers: { allow: allowed } };
}
