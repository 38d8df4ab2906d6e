import type { Context } from 'hono';
import type { AppEnv } from './app-env.ts';

/**
 * Breaks the connection of a request whose answer nobody reads: an answer that waits for its reader cannot be ended in
 * any other way. Without effect on a request that came over no connection of ours.
 */
export function cutConnection(c: Context<AppEnv>): void {
  const { outgoing }: { readonly outgoing?: unknown } = c.env ?? {};
  if (isDestroyable(outgoing)) outgoing.destroy();
}

function isDestroyable(value: unknown): value is { destroy(): void } {
  return (
    typeof value === 'object' && value !== null && 'destroy' in value && typeof value.destroy === 'function'
  );
}
