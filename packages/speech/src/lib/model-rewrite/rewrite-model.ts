import { makeOutputLayerInteger } from './integer-output-layer.ts';
import { signWeights } from './signed-weights.ts';
import { readMessage, writeMessage } from './wire-format.ts';

/** Changes with what the rewrite does, so that files made by another one are not taken for its own. */
export const REWRITE_VERSION = 1;

export interface RewrittenModel {
  readonly bytes: Uint8Array;
  readonly signedTensorsCount: number;
  readonly outputLayersCount: number;
}

/**
 * The same model for processors that multiply unsigned by signed bytes (VNNI): about 45 % less work, words as before.
 * Holds source and result in memory at once. Throws `speech.model-corrupt` for a graph it cannot follow.
 */
export function rewriteModel(source: Uint8Array): RewrittenModel {
  const model = readMessage(source);
  const signedTensorsCount = signWeights(model);
  const outputLayersCount = makeOutputLayerInteger(model);
  return { bytes: writeMessage(model), signedTensorsCount, outputLayersCount };
}
