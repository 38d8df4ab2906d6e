import type { Progress } from './commit.ts';
import type { PendingUtterance } from './recognize.ts';

/** What the reader hands to the writer, in the order of the cuts. */
export type Step = PendingUtterance | Progress;
