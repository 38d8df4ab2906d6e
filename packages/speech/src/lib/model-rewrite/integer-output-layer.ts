import {
  addInitializer,
  createNode,
  graphName,
  graphsOf,
  initializersOf,
  nodesOf,
  replaceNodes,
  type GraphNode,
} from './onnx-graph.ts';
import {
  createTensor,
  floatBytes,
  floatValues,
  tensorDims,
  tensorName,
  TensorType,
  uint8Values,
} from './onnx-tensor.ts';
import { flipSign } from './signed-weights.ts';
import { corrupt, type WireMessage } from './wire-format.ts';

const TABLE = 'lm_table';
const TABLE_ZERO_POINT = 'lm_zero';
const TABLE_SCALE = 'lm_scale';

/** Transpose → DequantizeLinear → MatMul: the table of embeddings, which is the output layer turned round. */
interface OutputLayer {
  readonly graph: WireMessage;
  readonly transpose: GraphNode;
  readonly dequantize: GraphNode;
  readonly product: GraphNode;
}

/**
 * The output layer otherwise turns the whole table into floats for every token. Here the hidden state becomes bytes
 * instead, and one transposed INT8 copy of the table serves every branch. The look-up of embeddings keeps the
 * UINT8 table. Returns how many output layers changed; a model without any is left as it is.
 */
export function makeOutputLayerInteger(model: WireMessage): number {
  const graphs = graphsOf(model);
  const layers = graphs.flatMap((graph) => outputLayersOf(graph));
  const [first] = layers;
  const [outer] = graphs;
  if (first === undefined || outer === undefined) return 0;
  const tensors = new Map(
    graphs.flatMap((graph) => initializersOf(graph)).map((tensor) => [tensorName(tensor), tensor]),
  );
  const inputs = tableInputs(first);
  if (layers.some((layer) => tableInputs(layer).join() !== inputs.join()))
    throw corrupt('the branches of the output layer use different tables');
  for (const tensor of tableTensors(inputs.map((name) => constant(tensors, name)))) {
    addInitializer(outer, tensor);
  }
  for (const layer of layers) replaceLayer(layer);
  return layers.length;
}

function outputLayersOf(graph: WireMessage): OutputLayer[] {
  const nodes = nodesOf(graph);
  return nodes
    .filter(({ opType }) => opType === 'Transpose')
    .flatMap((transpose) => {
      const dequantize = onlyReader(nodes, transpose, 'DequantizeLinear', 0);
      const product = dequantize && onlyReader(nodes, dequantize, 'MatMul', 1);
      return dequantize && product ? [{ graph, transpose, dequantize, product }] : [];
    });
}

/** The node that alone reads what `node` gives, if it is of this type and reads it there. */
function onlyReader(
  nodes: readonly GraphNode[],
  node: GraphNode,
  opType: string,
  slot: number,
): GraphNode | undefined {
  const [output = ''] = node.outputs;
  const [reader, ...others] = nodes.filter(({ inputs }) => inputs.includes(output));
  return others.length === 0 && reader?.opType === opType && reader.inputs[slot] === output
    ? reader
    : undefined;
}

function tableInputs({ transpose, dequantize }: OutputLayer): string[] {
  const [table = ''] = transpose.inputs;
  const [, scale = '', zeroPoint = ''] = dequantize.inputs;
  return [table, scale, zeroPoint];
}

function constant(tensors: ReadonlyMap<string, WireMessage>, name: string): WireMessage {
  const found = tensors.get(name);
  if (found === undefined) throw corrupt(`the output layer reads ${name}, which is not constant`);
  return found;
}

function tableTensors([table, scale, zeroPoint]: readonly WireMessage[]): WireMessage[] {
  if (table === undefined || scale === undefined || zeroPoint === undefined) return [];
  const [rows = 0, columns = 0, ...more] = tensorDims(table);
  const [scaleValue, ...moreScales] = floatValues(scale);
  const zeroPointValues = uint8Values(zeroPoint);
  if (more.length > 0 || scaleValue === undefined || moreScales.length > 0 || zeroPointValues.length !== 1)
    throw corrupt('the table of the output layer is not a matrix with one scale');
  const bytes = transposed(flipSign(uint8Values(table)), rows, columns);
  return [
    createTensor({ name: TABLE, type: TensorType.int8, dims: [columns, rows], bytes }),
    createTensor({
      name: TABLE_ZERO_POINT,
      type: TensorType.int8,
      dims: [],
      bytes: flipSign(zeroPointValues),
    }),
    createTensor({ name: TABLE_SCALE, type: TensorType.float, dims: [], bytes: floatBytes(scaleValue) }),
  ];
}

function transposed(values: Uint8Array, rows: number, columns: number): Uint8Array {
  const target = new Uint8Array(values.length);
  for (let column = 0; column < columns; column += 1) {
    for (let row = 0; row < rows; row += 1) {
      target[column * rows + row] = values[row * columns + column] ?? 0;
    }
  }
  return target;
}

function replaceLayer({ graph, transpose, dequantize, product }: OutputLayer): void {
  const name = (part: string): string => `lm_${graphName(graph)}_${part}`;
  const [hidden = ''] = product.inputs;
  const added = [
    { opType: 'DynamicQuantizeLinear', inputs: [hidden], outputs: [name('q'), name('s'), name('z')] },
    {
      opType: 'MatMulInteger',
      inputs: [name('q'), TABLE, name('z'), TABLE_ZERO_POINT],
      outputs: [name('i')],
    },
    { opType: 'Cast', inputs: [name('i')], outputs: [name('f')], attributes: { to: TensorType.float } },
    { opType: 'Mul', inputs: [name('s'), TABLE_SCALE], outputs: [name('ss')] },
    { opType: 'Mul', inputs: [name('f'), name('ss')], outputs: product.outputs },
  ];
  replaceNodes(graph, {
    place: product,
    removed: [transpose, dequantize],
    added: added.map((node) => createNode(node)),
  });
}
