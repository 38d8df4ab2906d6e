import { startStreamingBody, stopStreamingBody } from '../generated/validators.gen.ts';
import type { StartStreamingBody, StopStreamingBody } from './contract-types.ts';
import { ERROR_CODES, type ErrorCode } from './error-codes.ts';
import { problemsOf, type Problem, type Validation } from './validation.ts';

/**
 * Checks a start body, combinations included. What only the deployment knows stays with the gateway: enabled
 * namespaces, languages of the engine, forced redaction.
 */
export function validateStartStreamingBody(value: unknown): Validation<StartStreamingBody> {
  const problems = problemsOf(startStreamingBody, value);
  if (problems.length > 0) return { ok: false, code: codeOf(problems), problems };
  const body = asStartStreamingBody(value);
  const conflict = detailedTokenConflict(body);
  if (conflict !== undefined) {
    return { ok: false, code: ERROR_CODES.invalidTranscriptionParameter, problems: [conflict] };
  }
  return { ok: true, value: body };
}

export function validateStopStreamingBody(value: unknown): Validation<StopStreamingBody> {
  const problems = problemsOf(stopStreamingBody, value);
  if (problems.length > 0) return { ok: false, code: ERROR_CODES.invalidGatewayParameter, problems };
  return { ok: true, value: asStopStreamingBody(value) };
}

/** A wrong gateway parameter outranks a wrong transcription parameter. */
function codeOf(problems: readonly Problem[]): ErrorCode {
  const transcriptionOnly = problems.every(({ pointer }) => pointer.startsWith('/autotranscribeParams'));
  return transcriptionOnly ? ERROR_CODES.invalidTranscriptionParameter : ERROR_CODES.invalidGatewayParameter;
}

/** Redaction is the default, so `detailedToken` alone is a conflict too. */
function detailedTokenConflict({ autotranscribeParams }: StartStreamingBody): Problem | undefined {
  if (autotranscribeParams?.detailedToken !== true) return undefined;
  if (autotranscribeParams.redactionOutput === 'unredacted') return undefined;
  return {
    pointer: '/autotranscribeParams/detailedToken',
    message: 'must be false unless redactionOutput is "unredacted"',
  };
}

/** Sound after the compiled check of the same schema passed. */
function asStartStreamingBody(value: unknown): StartStreamingBody {
  return value as StartStreamingBody;
}

/** Sound after the compiled check of the same schema passed. */
function asStopStreamingBody(value: unknown): StopStreamingBody {
  return value as StopStreamingBody;
}
