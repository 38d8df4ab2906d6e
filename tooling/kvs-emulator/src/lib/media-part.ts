import type { Fragment } from './fragment.ts';

/** Bytes of a media body, never of two fragments. */
export interface MediaPart {
  readonly bytes: Uint8Array;
  readonly fragment: Fragment;
  /** True for the last bytes of the fragment's document. */
  readonly isFragmentEnd: boolean;
}
