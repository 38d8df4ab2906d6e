/** Codes of the media gateway; `packages/api/openapi/media-gateway.yaml` says when each is given. */
export type RefusalCode = '400-201' | '400-202' | '400-203' | '409-201' | '409-202';

/** An expected no: the request is understood and cannot be done. `message` is public. */
export interface Refusal {
  readonly type: 'refused';
  readonly code: RefusalCode;
  readonly message: string;
}

export function refuse(code: RefusalCode, message: string): Refusal {
  return { type: 'refused', code, message };
}
