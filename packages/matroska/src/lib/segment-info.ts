import { ElementId } from './element-id.ts';
import { readFloat, readSigned, readSafeUnsigned, readText } from './element-value.ts';
import { visitChildren } from './master-children.ts';
import type { InfoEvent } from './matroska-event.ts';
import { EBML_EPOCH_MS } from './mux-element.ts';

/** RFC 9559, section 5.1.2.9. */
export const TIMESTAMP_SCALE_NS_DEFAULT = 1_000_000;

/** RFC 9559, section 5.1.2. `isWhole` is false when part of it could not be read. */
export function readInfo(content: Uint8Array): { info: InfoEvent; isWhole: boolean } {
  let timestampScaleNs = TIMESTAMP_SCALE_NS_DEFAULT;
  let title: string | undefined;
  let muxingApp: string | undefined;
  let writingApp: string | undefined;
  let durationTicks: number | undefined;
  let dateMs: number | undefined;
  let isScaleSound = true;
  const isWhole = visitChildren(content, (child) => {
    if (child.id === ElementId.Title) title = readText(child.content);
    if (child.id === ElementId.MuxingApp) muxingApp = readText(child.content);
    if (child.id === ElementId.WritingApp) writingApp = readText(child.content);
    if (child.id === ElementId.Duration) durationTicks = readFloat(child.content);
    if (child.id === ElementId.DateUTC) dateMs = readDateMs(child.content);
    if (child.id === ElementId.TimestampScale && child.content.length > 0) {
      const scale = readSafeUnsigned(child.content);
      if (scale === undefined || scale === 0) isScaleSound = false;
      else timestampScaleNs = scale;
    }
  });
  const info: InfoEvent = {
    type: 'info',
    timestampScaleNs,
    ...(title === undefined ? {} : { title }),
    ...(muxingApp === undefined ? {} : { muxingApp }),
    ...(writingApp === undefined ? {} : { writingApp }),
    ...(durationTicks === undefined ? {} : { durationMs: (durationTicks * timestampScaleNs) / 1e6 }),
    ...(dateMs === undefined ? {} : { dateMs }),
  };
  return { info, isWhole: isWhole && isScaleSound };
}

function readDateMs(content: Uint8Array): number | undefined {
  const ns = readSigned(content);
  return ns === undefined ? undefined : EBML_EPOCH_MS + Number(ns / 1_000_000n);
}
