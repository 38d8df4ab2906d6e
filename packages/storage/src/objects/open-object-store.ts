import { createDirectoryStore } from './directory-store.ts';
import type { ObjectStore } from './object-store.ts';
import { createS3Store } from './s3-store.ts';

/** As `readObjectStore` of the package config reads it. */
export type ObjectStorePlace =
  | { readonly type: 'directory'; readonly directory: string }
  | {
      readonly type: 's3';
      readonly bucket: string;
      readonly prefix: string;
      readonly region: string;
      readonly endpoint: string | undefined;
    };

/** The store at a place; nothing is made or connected to before the first object. */
export function openObjectStore(place: ObjectStorePlace): ObjectStore {
  if (place.type === 'directory') return createDirectoryStore(place.directory);
  const { bucket, prefix, region, endpoint } = place;
  return createS3Store({ bucket, prefix, region, ...(endpoint === undefined ? {} : { endpoint }) });
}
