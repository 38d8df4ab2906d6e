import { inflateSync } from 'node:zlib';
import { ElementId } from './element-id.ts';
import { readSafeUnsigned } from './element-value.ts';
import { visitChildren } from './master-children.ts';

/** Why a frame cannot be given back as it was. */
export interface FrameFault {
  readonly fault: 'damaged' | 'too-large';
}

/** Undoes what the muxer did to a frame; the answer has at most `bytesMax` bytes. */
export type FrameDecoder = (frame: Uint8Array, bytesMax: number) => Uint8Array | FrameFault;

/** How to undo what was done to a track's bytes: absent where nothing was, a reason where this reader cannot. */
export interface ContentEncodings {
  readonly frames?: FrameDecoder | string;
  readonly codecPrivate?: FrameDecoder | string;
}

/** RFC 9559, section 5.1.4.1.31.3. */
const SCOPE_BLOCK = 1;
const SCOPE_PRIVATE = 2;
const MALFORMED = 'its ContentEncodings are malformed';

interface Encoding {
  readonly order: number;
  readonly scope: number;
  readonly step: FrameDecoder | string;
}

/** ContentEncodings (RFC 9559, section 5.1.4.1.31): compression by zlib and header stripping, in any number and order. */
export function readContentEncodings(content: Uint8Array): ContentEncodings {
  const encodings: Encoding[] = [];
  const isWhole = visitChildren(content, (child) => {
    if (child.id === ElementId.ContentEncoding) encodings.push(readContentEncoding(child.content));
  });
  if (!isWhole) return { frames: MALFORMED, codecPrivate: MALFORMED };
  // The highest order was applied last, so it is undone first.
  encodings.sort((a, b) => b.order - a.order);
  const frames = decoderFor(encodings, SCOPE_BLOCK);
  const codecPrivate = decoderFor(encodings, SCOPE_PRIVATE);
  return {
    ...(frames === undefined ? {} : { frames }),
    ...(codecPrivate === undefined ? {} : { codecPrivate }),
  };
}

function readContentEncoding(content: Uint8Array): Encoding {
  let order = 0;
  let scope = SCOPE_BLOCK;
  let isEncryption = false;
  let compression: Uint8Array = new Uint8Array();
  const isWhole = visitChildren(content, ({ id, content: value }) => {
    if (id === ElementId.ContentEncodingOrder) order = readSafeUnsigned(value) ?? order;
    if (id === ElementId.ContentEncodingScope && value.length > 0) scope = readSafeUnsigned(value) ?? scope;
    if (id === ElementId.ContentEncodingType) isEncryption = readSafeUnsigned(value) !== 0;
    if (id === ElementId.ContentCompression) compression = value;
  });
  if (!isWhole) return { order, scope, step: MALFORMED };
  return { order, scope, step: isEncryption ? 'its frames are encrypted' : compressionStep(compression) };
}

/** RFC 9559, section 5.1.4.1.31.6: the algorithm is zlib where none is told. */
function compressionStep(content: Uint8Array): FrameDecoder | string {
  let algorithm = 0;
  let settings: Uint8Array = new Uint8Array();
  const isWhole = visitChildren(content, ({ id, content: value }) => {
    if (id === ElementId.ContentCompAlgo) algorithm = readSafeUnsigned(value) ?? -1;
    if (id === ElementId.ContentCompSettings) settings = value.slice();
  });
  if (!isWhole) return MALFORMED;
  if (algorithm === 0) return inflate;
  if (algorithm === 3) return (frame, bytesMax) => prepend(settings, frame, bytesMax);
  return `compression algorithm ${algorithm} is not zlib (0) or header stripping (3)`;
}

function decoderFor(encodings: readonly Encoding[], scope: number): FrameDecoder | string | undefined {
  const steps: FrameDecoder[] = [];
  for (const encoding of encodings) {
    if ((encoding.scope & scope) === 0) continue;
    if (typeof encoding.step === 'string') return encoding.step;
    steps.push(encoding.step);
  }
  if (steps.length === 0) return undefined;
  return (frame, bytesMax) => {
    let decoded: Uint8Array | FrameFault = frame;
    for (const step of steps) {
      decoded = step(decoded, bytesMax);
      if ('fault' in decoded) return decoded;
    }
    return decoded;
  };
}

/** The frames of one block, at most `bytesMax` bytes together. */
export function decodeFrames(
  stored: readonly Uint8Array[],
  decoder: FrameDecoder,
  bytesMax: number,
): readonly Uint8Array[] | FrameFault {
  const frames: Uint8Array[] = [];
  let restBytes = bytesMax;
  for (const frame of stored) {
    const decoded = decoder(frame, restBytes);
    if ('fault' in decoded) return decoded;
    restBytes -= decoded.length;
    frames.push(decoded);
  }
  return frames;
}

function prepend(header: Uint8Array, frame: Uint8Array, bytesMax: number): Uint8Array | FrameFault {
  if (header.length + frame.length > bytesMax) return { fault: 'too-large' };
  const whole = new Uint8Array(header.length + frame.length);
  whole.set(header);
  whole.set(frame, header.length);
  return whole;
}

function inflate(frame: Uint8Array, bytesMax: number): Uint8Array | FrameFault {
  if (bytesMax < 1) return { fault: 'too-large' };
  try {
    // A copy: what zlib gives keeps a buffer of 16 KiB alive.
    return new Uint8Array(inflateSync(frame, { maxOutputLength: bytesMax }));
  } catch (error) {
    // zlib tells both by exceptions; neither is more than a frame that cannot be given.
    const isTooLarge = error instanceof RangeError;
    return { fault: isTooLarge ? 'too-large' : 'damaged' };
  }
}
