/** Bytes `from` to `to`, both included. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

export interface OpenedObject {
  /** Of the whole object, also where a range was asked for. */
  readonly byteCount: number;
  readonly stream: ReadableStream<Uint8Array>;
}

export interface PresignOptions {
  readonly expiresInSeconds: number;
  /** What the object is called where it is saved. */
  readonly fileName: string;
}

/** Files under keys such as `tenant/2026-11-22/file.jsonl`. Every method rejects with an `AppError`, see `ObjectErrorCode`. */
export interface ObjectStore {
  /** All of it or nothing: the key is there once the last byte is, and not when the chunks or the store fail. */
  put(key: string, chunks: AsyncIterable<Uint8Array>): Promise<void>;
  /** `undefined` when there is no such object. */
  open(key: string, range?: ByteRange): Promise<OpenedObject | undefined>;
  /** Keys that begin with `<folder>/`, in order, leftovers of broken writes among them. */
  list(folder: string): Promise<readonly string[]>;
  /** Names of the folders directly in a folder that hold something, in order. */
  listFolders(folder: string): Promise<readonly string[]>;
  /** Those that are not there are passed over. */
  delete(keys: readonly string[]): Promise<void>;
  /** An address that needs no credentials of ours; absent where whoever keeps the store has to serve its objects. */
  presign?(key: string, options: PresignOptions): Promise<string>;
}
