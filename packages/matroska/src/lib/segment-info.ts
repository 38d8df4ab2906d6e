import { ElementId } from './element-id.ts';
import { readSafeUnsigned, readText } from './element-value.ts';
import { visitChildren } from './master-children.ts';
import type { InfoEvent } from './matroska-event.ts';

/** RFC 9559, section 5.1.2.9. */
export const TIMESTAMP_SCALE_NS_DEFAULT = 1_000_000;

/** RFC 9559, section 5.1.2. `isWhole` is false when part of it could not be read. */
export function readInfo(content: Uint8Array): { info: InfoEvent; isWhole: boolean } {
  let timestampScaleNs = TIMESTAMP_SCALE_NS_DEFAULT;
  let muxingApp: string | undefined;
  let writingApp: string | undefined;
  let isScaleSound = true;
  const isWhole = visitChildren(content, (child) => {
    if (child.id === ElementId.MuxingApp) muxingApp = readText(child.content);
    if (child.id === ElementId.WritingApp) writingApp = readText(child.content);
    if (child.id === ElementId.TimestampScale && child.content.length > 0) {
      const scale = readSafeUnsigned(child.content);
      if (scale === undefined || scale === 0) isScaleSound = false;
      else timestampScaleNs = scale;
    }
  });
  const info: InfoEvent = {
    type: 'info',
    timestampScaleNs,
    ...(muxingApp === undefined ? {} : { muxingApp }),
    ...(writingApp === undefined ? {} : { writingApp }),
  };
  return { info, isWhole: isWhole && isScaleSound };
}
