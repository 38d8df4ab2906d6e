import { describe, expect, it } from 'vitest';
import { branchingNode, graphFixture, modelFixture, type GraphFixture } from '../../testing/onnx-fixture.ts';
import { createNode, graphsOf, initializersOf, nodesOf } from './onnx-graph.ts';
import { createTensor, floatBytes, tensorDims, tensorName, TensorType, tensorType } from './onnx-tensor.ts';
import { rewriteModel } from './rewrite-model.ts';
import { readMessage, writeMessage, type WireMessage } from './wire-format.ts';

const bytesTensor = (name: string, dims: readonly number[], bytes: readonly number[]): WireMessage =>
  createTensor({ name, type: TensorType.uint8, dims, bytes: Uint8Array.from(bytes) });
const scaleTensor = (name: string): WireMessage =>
  createTensor({ name, type: TensorType.float, dims: [], bytes: floatBytes(0.5) });

/** The last field of a tensor made here or by the rewrite holds its values. */
function storedBytes(tensor: WireMessage | undefined): unknown {
  return tensor?.fields.find(({ number }) => number === 9)?.content;
}

function rewritten(graph: GraphFixture) {
  const result = rewriteModel(writeMessage(modelFixture(graph)));
  const graphs = graphsOf(readMessage(result.bytes));
  const tensors = new Map(
    graphs.flatMap((each) => initializersOf(each)).map((tensor) => [tensorName(tensor), tensor]),
  );
  return { ...result, graphs, tensors };
}

const product = (inputs: readonly string[]): WireMessage =>
  createNode({ opType: 'MatMulInteger', inputs, outputs: [`${inputs[1]}_product`] });

describe('rewriteModel of weights', () => {
  it('makes weight and zero point of an integer product signed, 128 less', () => {
    const { signedTensorsCount, tensors } = rewritten({
      name: 'g',
      nodes: [product(['a', 'w', 'az', 'wz'])],
      initializers: [bytesTensor('w', [2, 2], [0, 127, 128, 255]), bytesTensor('wz', [], [130])],
    });
    expect(signedTensorsCount).toBe(2);
    expect(tensorType(tensors.get('w') ?? { fields: [] })).toBe(TensorType.int8);
    expect(storedBytes(tensors.get('w'))).toEqual(Uint8Array.of(128, 255, 0, 127));
    expect(storedBytes(tensors.get('wz'))).toEqual(Uint8Array.of(2));
  });

  const kept = [
    { given: 'somebody else reads the weight', more: { opType: 'Gather', inputs: ['w', 'i'] }, zero: 'wz' },
    { given: 'somebody else reads the zero point', more: { opType: 'Add', inputs: ['wz', 'i'] }, zero: 'wz' },
    {
      given: 'it is the left side of a product',
      more: { opType: 'MatMulInteger', inputs: ['w'] },
      zero: 'wz',
    },
    { given: 'the zero point is left out and so 0', more: { opType: 'Relu', inputs: ['x'] }, zero: '' },
    { given: 'the zero point is computed', more: { opType: 'Relu', inputs: ['x'] }, zero: 'computed' },
  ];
  it.each(kept)('keeps both as they are where $given', ({ more, zero }) => {
    const graph = {
      name: 'g',
      nodes: [product(['a', 'w', 'az', zero]), createNode({ ...more, outputs: ['y'] })],
      initializers: [bytesTensor('w', [1], [5]), bytesTensor('wz', [], [5])],
    };
    const { signedTensorsCount, bytes } = rewritten(graph);
    expect(signedTensorsCount).toBe(0);
    expect(bytes).toEqual(writeMessage(modelFixture(graph)));
  });

  it('keeps a weight that is an output of its graph', () => {
    const initializers = [bytesTensor('w', [1], [5]), bytesTensor('wz', [], [5])];
    const graph = { name: 'g', nodes: [product(['a', 'w', 'az', 'wz'])], initializers, outputs: ['w'] };
    expect(rewritten(graph).signedTensorsCount).toBe(0);
  });
});

function branch(name: string): GraphFixture {
  return {
    name,
    nodes: [
      createNode({ opType: 'Transpose', inputs: ['table'], outputs: [`${name}_t`] }),
      createNode({ opType: 'Relu', inputs: ['x'], outputs: [`${name}_h`] }),
      createNode({
        opType: 'DequantizeLinear',
        inputs: [`${name}_t`, 'scale', 'zero'],
        outputs: [`${name}_d`],
      }),
      createNode({ opType: 'MatMul', inputs: [`${name}_h`, `${name}_d`], outputs: [`${name}_logits`] }),
    ],
  };
}
const looksUp = createNode({ opType: 'Gather', inputs: ['table', 'ids'], outputs: ['embedding'] });
const twoBranches: GraphFixture = {
  name: 'main',
  nodes: [
    looksUp,
    branchingNode({ opType: 'If', inputs: ['c'], outputs: ['logits'] }, [branch('then'), branch('else')]),
  ],
  initializers: [
    bytesTensor('table', [2, 3], [0, 1, 2, 128, 129, 130]),
    scaleTensor('scale'),
    bytesTensor('zero', [], [128]),
  ],
};

describe('rewriteModel of the output layer', () => {
  it('multiplies bytes in both branches, where the product stood, and gives the same output', () => {
    const { outputLayersCount, graphs } = rewritten(twoBranches);
    expect(outputLayersCount).toBe(2);
    const [, ...branches] = graphs;
    expect(branches.map((graph) => nodesOf(graph).map(({ opType }) => opType))).toEqual(
      Array.from({ length: 2 }, () => [
        'Relu',
        'DynamicQuantizeLinear',
        'MatMulInteger',
        'Cast',
        'Mul',
        'Mul',
      ]),
    );
    expect(branches.map((graph) => nodesOf(graph).at(-1)?.outputs)).toEqual([
      ['then_logits'],
      ['else_logits'],
    ]);
    expect(branches.map((graph) => nodesOf(graph)[1]?.inputs)).toEqual([['then_h'], ['else_h']]);
  });

  it('adds one transposed signed table and leaves the one of the look-up alone', () => {
    const { tensors } = rewritten(twoBranches);
    expect(storedBytes(tensors.get('table'))).toEqual(Uint8Array.of(0, 1, 2, 128, 129, 130));
    const table = tensors.get('lm_table') ?? { fields: [] };
    expect(tensorDims(table)).toEqual([3, 2]);
    expect(storedBytes(table)).toEqual(Uint8Array.of(128, 0, 129, 1, 130, 2));
    expect(storedBytes(tensors.get('lm_zero'))).toEqual(Uint8Array.of(0));
    expect(storedBytes(tensors.get('lm_scale'))).toEqual(floatBytes(0.5));
  });

  it('keeps a transposed table that somebody else reads too', () => {
    const other = createNode({ opType: 'Relu', inputs: ['then_t'], outputs: ['y'] });
    const graph = branch('then');
    const result = rewritten({ ...graph, nodes: [...graph.nodes, other] });
    expect(result.outputLayersCount).toBe(0);
  });

  it('refuses a table that is not constant', () => {
    const model = writeMessage(modelFixture(branch('then')));
    expect(() => rewriteModel(model)).toThrow('the output layer reads table, which is not constant');
  });

  it('refuses graphs nested without end', () => {
    let graph: GraphFixture = { name: 'innermost', nodes: [] };
    for (let depth = 0; depth < 9; depth += 1) {
      graph = { name: 'g', nodes: [branchingNode({ opType: 'If', inputs: [], outputs: [] }, [graph])] };
    }
    expect(() => graphsOf(modelFixture(graph))).toThrow('deeper than 8');
    expect(graphFixture(graph).fields).not.toHaveLength(0);
  });
});
