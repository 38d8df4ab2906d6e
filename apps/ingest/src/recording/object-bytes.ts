import type { ObjectStore } from '@earshot/storage/objects';

export async function* bytesOf(
  objects: Pick<ObjectStore, 'open'>,
  objectKey: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const opened = await objects.open(objectKey);
  if (opened === undefined) throw new Error(`Cannot read ${objectKey}: it is not there`);
  yield* opened.stream;
}
