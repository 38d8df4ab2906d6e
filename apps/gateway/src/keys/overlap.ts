import type { RotateBody } from '@earshot/api';

const OVERLAP_SECONDS = 86_400;

/** How long a secret goes on working beside the one that follows it. */
export function overlapMs({ overlapSeconds = OVERLAP_SECONDS }: RotateBody): number {
  return overlapSeconds * 1000;
}
