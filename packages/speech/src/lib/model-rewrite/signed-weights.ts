import { graphOutputs, graphsOf, initializersOf, nodesOf } from './onnx-graph.ts';
import { replaceValues, tensorName, TensorType, tensorType, uint8Values } from './onnx-tensor.ts';
import type { WireMessage } from './wire-format.ts';

/** Inputs of MatMulInteger (ONNX operators, opset 10): A, B, the zero point of A, that of B. */
const WEIGHT = 1;
const WEIGHT_ZERO_POINT = 3;
const SIGN_BIT = 0x80;

interface WeightUse {
  readonly weight: string | undefined;
  readonly zeroPoint: string | undefined;
}

/**
 * Turns every UINT8 weight and zero point that feeds only MatMulInteger into INT8, 128 less: their difference, which
 * is all that counts, stays exact, and the processor's products of unsigned by signed bytes can be used.
 * Returns how many tensors changed.
 */
export function signWeights(model: WireMessage): number {
  const graphs = graphsOf(model);
  const nodes = graphs.flatMap((graph) => nodesOf(graph));
  const uses: WeightUse[] = [];
  const otherwiseUsed = new Set(graphs.flatMap((graph) => graphOutputs(graph)));
  for (const { opType, inputs } of nodes) {
    const isProduct = opType === 'MatMulInteger';
    if (isProduct) uses.push({ weight: inputs[WEIGHT], zeroPoint: inputs[WEIGHT_ZERO_POINT] });
    for (const [slot, name] of inputs.entries()) {
      if (!isProduct || (slot !== WEIGHT && slot !== WEIGHT_ZERO_POINT)) otherwiseUsed.add(name);
    }
  }
  const candidates = new Map(
    graphs
      .flatMap((graph) => initializersOf(graph))
      .filter((tensor) => tensorType(tensor) === TensorType.uint8 && !otherwiseUsed.has(tensorName(tensor)))
      .map((tensor) => [tensorName(tensor), tensor]),
  );
  keepPairs(candidates, uses);
  for (const tensor of candidates.values()) {
    const values = uint8Values(tensor);
    replaceValues(tensor, TensorType.int8, flipSign(values));
  }
  return candidates.size;
}

/** A weight and its zero point change together or not at all, and a tensor that no product reads stays as it is. */
function keepPairs(candidates: Map<string, WireMessage>, uses: readonly WeightUse[]): void {
  const read = new Set(uses.flatMap(({ weight, zeroPoint }) => [weight, zeroPoint]));
  for (const name of candidates.keys()) if (!read.has(name)) candidates.delete(name);
  for (let before = -1; before !== candidates.size;) {
    before = candidates.size;
    for (const { weight = '', zeroPoint = '' } of uses) {
      if (candidates.has(weight) && candidates.has(zeroPoint)) continue;
      candidates.delete(weight);
      candidates.delete(zeroPoint);
    }
  }
}

/** Unsigned bytes as signed ones of 128 less. A copy. */
export function flipSign(values: Uint8Array): Uint8Array {
  return values.map((value) => value ^ SIGN_BIT);
}
