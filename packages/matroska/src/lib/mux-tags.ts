import { ElementId } from './element-id.ts';
import { muxMaster, muxText } from './mux-element.ts';

/** A SimpleTag that is written as text (RFC 9559, section 5.1.8.1.2). */
export interface MuxTag {
  readonly name: string;
  readonly value: string;
}

/** One Tags element with one Tag that holds every name and value given. */
export function muxTags(tags: readonly MuxTag[]): Uint8Array {
  const simpleTags = tags.map(({ name, value }) =>
    muxMaster(ElementId.SimpleTag, [muxText(ElementId.TagName, name), muxText(ElementId.TagString, value)]),
  );
  return muxMaster(ElementId.Tags, [
    muxMaster(ElementId.Tag, [muxMaster(ElementId.Targets, []), ...simpleTags]),
  ]);
}
