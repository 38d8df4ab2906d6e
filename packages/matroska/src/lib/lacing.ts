import { vintBytes } from './element-header.ts';

/** The two lacing bits of a block's flags (RFC 9559, section 10.3). */
export type Lacing = 'none' | 'xiph' | 'fixed-size' | 'ebml';

const lacingByBits: readonly Lacing[] = ['none', 'xiph', 'fixed-size', 'ebml'];

export function lacingOf(flags: number): Lacing {
  return lacingByBits[(flags >> 1) & 3] ?? 'none';
}

/** Cuts a block's content into frames as views of it; `undefined` when the lace does not add up. */
export function splitFrames(content: Uint8Array, lacing: Lacing): readonly Uint8Array[] | undefined {
  if (lacing === 'none') return [content];
  const lastFrame = content[0];
  if (lastFrame === undefined) return undefined;
  const frameCount = lastFrame + 1;
  const sizes = laceSizes(content, frameCount, lacing);
  return sizes === undefined ? undefined : cut(content, sizes.firstFrameAt, sizes.frameBytes);
}

interface LaceSizes {
  readonly firstFrameAt: number;
  /** Of all frames but the last, which takes the rest. */
  readonly frameBytes: readonly number[];
}

function laceSizes(
  content: Uint8Array,
  frameCount: number,
  lacing: Exclude<Lacing, 'none'>,
): LaceSizes | undefined {
  switch (lacing) {
    case 'xiph':
      return xiphSizes(content, frameCount);
    case 'ebml':
      return ebmlSizes(content, frameCount);
    case 'fixed-size': {
      const frameBytes = (content.length - 1) / frameCount;
      if (!Number.isInteger(frameBytes)) return undefined;
      return { firstFrameAt: 1, frameBytes: Array.from({ length: frameCount - 1 }, () => frameBytes) };
    }
  }
}

/** RFC 9559, section 10.3.2: each size is a run of 255s and one byte below. */
function xiphSizes(content: Uint8Array, frameCount: number): LaceSizes | undefined {
  const frameBytes: number[] = [];
  let at = 1;
  while (frameBytes.length < frameCount - 1) {
    let size = 0;
    let byte = content[at++];
    while (byte === 255) {
      size += byte;
      byte = content[at++];
    }
    if (byte === undefined) return undefined;
    frameBytes.push(size + byte);
  }
  return { firstFrameAt: at, frameBytes };
}

/** RFC 9559, section 10.3.3: the first size as it is, the others as signed differences. */
function ebmlSizes(content: Uint8Array, frameCount: number): LaceSizes | undefined {
  const frameBytes: number[] = [];
  let at = 1;
  let size = 0;
  while (frameBytes.length < frameCount - 1) {
    const length = vintBytes(content[at] ?? 0);
    if (length > 8 || at + length > content.length) return undefined;
    let value = (content[at] ?? 0) & (0xff >> length);
    for (let i = 1; i < length; i++) value = value * 256 + (content[at + i] ?? 0);
    size = frameBytes.length === 0 ? value : size + value - (2 ** (7 * length - 1) - 1);
    if (size < 0 || size > content.length) return undefined;
    frameBytes.push(size);
    at += length;
  }
  return { firstFrameAt: at, frameBytes };
}

function cut(content: Uint8Array, from: number, frameBytes: readonly number[]): Uint8Array[] | undefined {
  const frames: Uint8Array[] = [];
  let at = from;
  for (const size of frameBytes) {
    if (at + size > content.length) return undefined;
    frames.push(content.subarray(at, at + size));
    at += size;
  }
  if (at > content.length) return undefined;
  frames.push(content.subarray(at));
  return frames;
}
