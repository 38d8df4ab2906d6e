import type { EndpointWithSecret, RotateBody } from '@earshot/api';
import { EarshotApiError, type EarshotClient } from '@earshot/client';
import { CliError } from '../verb.ts';

/** @throws CliError saying how to let an endpoint sign that does not */
export async function rotateSigningSecret(
  calls: EarshotClient['endpoints'],
  id: string,
  body: RotateBody,
): Promise<EndpointWithSecret> {
  try {
    return await calls.rotateSecret(id, body);
  } catch (error) {
    const isConflict = error instanceof EarshotApiError && error.status === 409;
    if (!isConflict || (await calls.get(id)).auth.some(({ type }) => type === 'signature')) throw error;
    throw new CliError(
      `The endpoint signs nothing, so there is no secret to rotate\n  Let it sign: earshot endpoints update ${id} --sign`,
      { cause: error },
    );
  }
}
