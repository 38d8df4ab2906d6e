import { expect } from 'vitest';

/** The body of an answer of the compatible error shape, checked for its parts. */
export async function readRefusal(
  response: Response,
): Promise<{ status: number; code: string; message: string }> {
  const { error } = (await response.json()) as {
    error: { requestId: string; code: string; message: string };
  };
  expect(error.requestId).toBe(response.headers.get('x-request-id'));
  return { status: response.status, code: error.code, message: error.message };
}
