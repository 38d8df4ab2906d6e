import { createNode, textField, type NewNode } from '../lib/model-rewrite/onnx-graph.ts';
import type { WireField, WireMessage } from '../lib/model-rewrite/wire-format.ts';

/** A graph made by hand, as the body of a model or of a branch. */
export interface GraphFixture {
  readonly name: string;
  readonly nodes: readonly WireMessage[];
  readonly initializers?: readonly WireMessage[];
  readonly outputs?: readonly string[];
}

const messageField = (number: number, content: WireMessage): WireField => ({ number, wireType: 2, content });

export function graphFixture({ name, nodes, initializers = [], outputs = [] }: GraphFixture): WireMessage {
  return {
    fields: [
      ...nodes.map((node) => messageField(1, node)),
      textField(2, name),
      ...initializers.map((tensor) => messageField(5, tensor)),
      ...outputs.map((output) => messageField(12, { fields: [textField(1, output)] })),
    ],
  };
}

/** A model with a field that nobody knows after its graph. */
export function modelFixture(graph: GraphFixture): WireMessage {
  return { fields: [messageField(7, graphFixture(graph)), textField(99, 'unknown')] };
}

/** A node with graphs in its attributes, such as the branches of `If`. */
export function branchingNode(node: NewNode, branches: readonly GraphFixture[]): WireMessage {
  const { fields } = createNode(node);
  const attributes = branches.map((branch) =>
    messageField(5, { fields: [textField(1, branch.name), messageField(6, graphFixture(branch))] }),
  );
  return { fields: [...fields, ...attributes] };
}
