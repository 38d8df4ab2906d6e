import { concatBytes } from '../lib/mux-element.ts';
import { connectFragment, noise } from './connect-fragment.ts';
import type { MuxSize } from '../lib/mux-element.ts';

export type DamageKind = 'random' | 'zeros' | 'missing' | 'inserted';

export interface Damage {
  readonly kind: DamageKind;
  readonly at: number;
  readonly length: number;
}

export function damage(bytes: Uint8Array, { kind, at, length }: Damage): Uint8Array {
  const before = bytes.subarray(0, at);
  const after = bytes.subarray(kind === 'inserted' ? at : at + length);
  if (kind === 'missing') return concatBytes([before, after]);
  return concatBytes([before, kind === 'zeros' ? new Uint8Array(length) : noise(at + length, length), after]);
}

/** Places and lengths that are the same in every run. */
export function someDamages(count: number, bytesLength: number, seed: number): Damage[] {
  const kinds: readonly DamageKind[] = ['random', 'zeros', 'missing', 'inserted'];
  const random = noise(seed, count * 5);
  return Array.from({ length: count }, (_, index) => {
    const [a = 0, b = 0, c = 0, d = 0, e = 0] = random.subarray(index * 5, index * 5 + 5);
    const length = 1 + (((a << 8) | b) % 1500);
    const place = ((c << 16) | (d << 8) | e) / 2 ** 24;
    return { kind: kinds[index % 4] ?? 'random', at: Math.floor(place * (bytesLength - length)), length };
  });
}

/** Fragments of one call, strung together. */
export function connectCall(fragmentCount: number, clusterSize: MuxSize): Uint8Array {
  return concatBytes(
    Array.from({ length: fragmentCount }, (_, number) => connectFragment(number, clusterSize)),
  );
}
