import {
  corrupt,
  openMessage,
  rawContent,
  readVarint,
  varint,
  WireType,
  type WireField,
  type WireMessage,
} from './wire-format.ts';

/** Field numbers of `onnx.proto` (ONNX IR 10), those that are used here. */
const MODEL_GRAPH = 7;
const GRAPH = { node: 1, name: 2, initializer: 5, output: 12 } as const;
const NODE = { input: 1, output: 2, name: 3, opType: 4, attribute: 5 } as const;
const ATTRIBUTE = { name: 1, integer: 3, graph: 6, type: 20 } as const;
const ATTRIBUTE_TYPE_INTEGER = 2;
const VALUE_NAME = 1;
/** An `If` inside an `If` is all that real models have. */
const GRAPH_DEPTH_MAX = 8;

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** The model's graph, then the graphs inside the attributes of its nodes, the outer before the inner. */
export function graphsOf(model: WireMessage): WireMessage[] {
  const graph = model.fields.find(({ number }) => number === MODEL_GRAPH);
  if (graph === undefined) throw corrupt('the model has no graph');
  return withInnerGraphs(openMessage(graph), 1);
}

function withInnerGraphs(graph: WireMessage, depth: number): WireMessage[] {
  if (depth > GRAPH_DEPTH_MAX) throw corrupt(`graphs are nested deeper than ${GRAPH_DEPTH_MAX}`);
  const inner = nodesOf(graph)
    .flatMap(({ message }) => fieldsOf(message, NODE.attribute))
    .flatMap((attribute) => fieldsOf(openMessage(attribute), ATTRIBUTE.graph))
    .flatMap((field) => withInnerGraphs(openMessage(field), depth + 1));
  return [graph, ...inner];
}

/** A node as it stands in its graph; empty names stand for inputs that are left out. */
export interface GraphNode {
  readonly field: WireField;
  readonly message: WireMessage;
  readonly opType: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

export function nodesOf(graph: WireMessage): GraphNode[] {
  return fieldsOf(graph, GRAPH.node).map((field) => {
    const message = openMessage(field);
    return {
      field,
      message,
      opType: textsOf(message, NODE.opType)[0] ?? '',
      inputs: textsOf(message, NODE.input),
      outputs: textsOf(message, NODE.output),
    };
  });
}

export function graphName(graph: WireMessage): string {
  return textsOf(graph, GRAPH.name)[0] ?? '';
}

export function graphOutputs(graph: WireMessage): string[] {
  return fieldsOf(graph, GRAPH.output).flatMap((field) => textsOf(openMessage(field), VALUE_NAME));
}

/** The constant tensors of one graph. */
export function initializersOf(graph: WireMessage): WireMessage[] {
  return fieldsOf(graph, GRAPH.initializer).map((field) => openMessage(field));
}

export function addInitializer(graph: WireMessage, tensor: WireMessage): void {
  graph.fields.push({ number: GRAPH.initializer, wireType: WireType.bytes, content: tensor });
}

/** Puts nodes where `place` stands and takes `removed` out; a graph's nodes are in the order they are computed in. */
export function replaceNodes(
  graph: WireMessage,
  change: {
    readonly place: GraphNode;
    readonly removed: readonly GraphNode[];
    readonly added: readonly WireMessage[];
  },
): void {
  const gone = new Set(change.removed.map(({ field }) => field));
  const added = change.added.map((content) => ({ number: GRAPH.node, wireType: WireType.bytes, content }));
  graph.fields = graph.fields.flatMap((field) => {
    if (field === change.place.field) return added;
    return gone.has(field) ? [] : [field];
  });
}

export interface NewNode {
  readonly opType: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Whole numbers from 0 on by name. */
  readonly attributes?: Readonly<Record<string, number>>;
}

export function createNode(node: NewNode): WireMessage {
  const attributes = Object.entries(node.attributes ?? {}).map(([name, value]) => ({
    fields: [
      textField(ATTRIBUTE.name, name),
      numberField(ATTRIBUTE.integer, value),
      numberField(ATTRIBUTE.type, ATTRIBUTE_TYPE_INTEGER),
    ],
  }));
  return {
    fields: [
      ...node.inputs.map((name) => textField(NODE.input, name)),
      ...node.outputs.map((name) => textField(NODE.output, name)),
      textField(NODE.name, node.outputs.join('+')),
      textField(NODE.opType, node.opType),
      ...attributes.map((content) => ({ number: NODE.attribute, wireType: WireType.bytes, content })),
    ],
  };
}

export function fieldsOf(message: WireMessage, number: number): WireField[] {
  return message.fields.filter((field) => field.number === number);
}

export function textsOf(message: WireMessage, number: number): string[] {
  return fieldsOf(message, number).map((field) => decoder.decode(rawContent(field)));
}

export function numbersOf(message: WireMessage, number: number): number[] {
  return fieldsOf(message, number).map((field) => readVarint(rawContent(field), 0).value);
}

export function textField(number: number, text: string): WireField {
  return { number, wireType: WireType.bytes, content: encoder.encode(text) };
}

export function numberField(number: number, value: number): WireField {
  return { number, wireType: WireType.varint, content: varint(value) };
}
