export { createDirectoryStore } from './directory-store.ts';
export type { ObjectErrorCode } from './object-error.ts';
export type { ByteRange, ObjectStore, OpenedObject, PresignOptions } from './object-store.ts';
export { openObjectStore, type ObjectStorePlace } from './open-object-store.ts';
export { recordingFolder, recordingsFolder } from './recording-folder.ts';
export { createS3Store, type S3StoreOptions } from './s3-store.ts';
