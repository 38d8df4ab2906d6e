import { request as httpRequest } from 'node:http';
import { AppError } from '@earshot/domain';

export interface JsonAnswer {
  readonly status: number;
  /** Exception name without the suffix the real service adds; empty on success. */
  readonly errorType: string;
  readonly value: unknown;
}

const ANSWER_MS_MAX = 10_000;
const ANSWER_BYTES_MAX = 1024 * 1024;

/** Throws `producer.unreachable` when no JSON answer comes within 10 s. */
export async function postJson(url: URL, body: unknown): Promise<JsonAnswer> {
  try {
    return await exchange(url, JSON.stringify(body));
  } catch (cause) {
    const message = `Cannot reach ${url.origin}${url.pathname}: ${cause instanceof Error ? cause.message : ''}`;
    throw new AppError('producer.unreachable', message, { retryable: true, cause });
  }
}

function exchange(url: URL, body: string): Promise<JsonAnswer> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(ANSWER_MS_MAX);
    const headers = { 'content-type': 'application/json' };
    const request = httpRequest(url, { method: 'POST', headers, signal }, (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes > ANSWER_BYTES_MAX)
          response.destroy(new Error(`the answer exceeds ${ANSWER_BYTES_MAX} bytes`));
      });
      response.once('error', reject);
      response.once('end', () => {
        const errorType = String(response.headers['x-amzn-errortype'] ?? '').split(':')[0] ?? '';
        try {
          const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
          resolve({ status: response.statusCode ?? 0, errorType, value });
        } catch (error) {
          reject(error);
        }
      });
    });
    request.once('error', reject);
    request.end(body);
  });
}
