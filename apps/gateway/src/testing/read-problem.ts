import { expect } from 'vitest';

export interface ProblemAnswer {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly problems?: readonly { readonly pointer: string; readonly message: string }[];
}

/** The body of an answer in the shape of RFC 9457, checked for its parts. */
export async function readProblem(response: Response): Promise<ProblemAnswer> {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const body = (await response.json()) as ProblemAnswer & { requestId: string };
  expect(body.requestId).toBe(response.headers.get('x-request-id'));
  expect(body.status).toBe(response.status);
  return body;
}
