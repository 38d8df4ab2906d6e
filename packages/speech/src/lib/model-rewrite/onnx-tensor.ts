import { fieldsOf, numberField, numbersOf, textField, textsOf } from './onnx-graph.ts';
import {
  corrupt,
  rawContent,
  readVarint,
  WireType,
  type WireField,
  type WireMessage,
} from './wire-format.ts';

/** Field numbers of `TensorProto`. */
const TENSOR = {
  dims: 1,
  dataType: 2,
  floatData: 4,
  int32Data: 5,
  name: 8,
  rawData: 9,
  dataLocation: 14,
} as const;
const VALUE_FIELDS: ReadonlySet<number> = new Set([TENSOR.floatData, TENSOR.int32Data, TENSOR.rawData]);
const FLOAT_BYTES = 4;

/** `TensorProto.DataType`, those that are used here. */
export const TensorType = { float: 1, uint8: 2, int8: 3 } as const;

export function tensorName(tensor: WireMessage): string {
  return textsOf(tensor, TENSOR.name)[0] ?? '';
}

export function tensorType(tensor: WireMessage): number {
  return numbersOf(tensor, TENSOR.dataType)[0] ?? 0;
}

/** Sizes by axis; empty for a scalar. Dims may stand one a field or packed. */
export function tensorDims(tensor: WireMessage): number[] {
  return wholeNumbers(tensor, TENSOR.dims);
}

/** The values of a UINT8 tensor; shares the tensor's memory where they are stored raw. */
export function uint8Values(tensor: WireMessage): Uint8Array {
  expectType(tensor, TensorType.uint8);
  const [raw] = fieldsOf(tensor, TENSOR.rawData);
  const values = raw ? rawContent(raw) : Uint8Array.from(wholeNumbers(tensor, TENSOR.int32Data));
  return counted(tensor, values);
}

/** The values of a FLOAT tensor. */
export function floatValues(tensor: WireMessage): Float32Array {
  expectType(tensor, TensorType.float);
  const fields = [...fieldsOf(tensor, TENSOR.rawData), ...fieldsOf(tensor, TENSOR.floatData)];
  const values = fields.flatMap((field) => {
    const bytes = rawContent(field);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return Array.from({ length: Math.floor(bytes.length / FLOAT_BYTES) }, (_, index) =>
      view.getFloat32(index * FLOAT_BYTES, true),
    );
  });
  return counted(tensor, Float32Array.from(values));
}

/** Gives a tensor other values of the same shape; all else of it stays as it is. */
export function replaceValues(tensor: WireMessage, type: number, bytes: Uint8Array): void {
  tensor.fields = tensor.fields
    .filter(({ number }) => !VALUE_FIELDS.has(number))
    .map((field) => (field.number === TENSOR.dataType ? numberField(TENSOR.dataType, type) : field));
  tensor.fields.push(rawField(bytes));
}

export function createTensor(tensor: {
  readonly name: string;
  readonly type: number;
  readonly dims: readonly number[];
  /** Little-endian. */
  readonly bytes: Uint8Array;
}): WireMessage {
  return {
    fields: [
      ...tensor.dims.map((size) => numberField(TENSOR.dims, size)),
      numberField(TENSOR.dataType, tensor.type),
      textField(TENSOR.name, tensor.name),
      rawField(tensor.bytes),
    ],
  };
}

/** The little-endian bytes of one FLOAT. */
export function floatBytes(value: number): Uint8Array {
  const bytes = new Uint8Array(FLOAT_BYTES);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return bytes;
}

function rawField(bytes: Uint8Array): WireField {
  return { number: TENSOR.rawData, wireType: WireType.bytes, content: bytes };
}

function expectType(tensor: WireMessage, type: number): void {
  const actual = tensorType(tensor);
  if (actual !== type) throw corrupt(`tensor ${tensorName(tensor)} has element type ${actual}, want ${type}`);
  if (numbersOf(tensor, TENSOR.dataLocation).some((location) => location !== 0))
    throw corrupt(`tensor ${tensorName(tensor)} is kept outside the file`);
}

function counted<T extends Uint8Array | Float32Array>(tensor: WireMessage, values: T): T {
  const count = tensorDims(tensor).reduce((product, size) => product * size, 1);
  if (values.length === count) return values;
  throw corrupt(`tensor ${tensorName(tensor)} has ${values.length} values, want ${count}`);
}

/** Repeated whole numbers, packed into one field or one a field. */
function wholeNumbers(message: WireMessage, number: number): number[] {
  return fieldsOf(message, number).flatMap((field) => {
    const bytes = rawContent(field);
    const values: number[] = [];
    for (let offset = 0; offset < bytes.length;) {
      const { value, end } = readVarint(bytes, offset);
      values.push(value);
      offset = end;
    }
    return values;
  });
}
