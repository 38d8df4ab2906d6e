import { ElementId } from './element-id.ts';
import { readText } from './element-value.ts';
import { visitChildren } from './master-children.ts';

export interface NamedValue {
  readonly name: string;
  readonly value: string;
}

/** SimpleTags may hold SimpleTags (RFC 9559, section 5.1.8.1.2); deeper than this is an attack, not a tag. */
const NESTED_TAGS_MAX = 32;

/** Every SimpleTag with a TagString in stream order, nested ones after their parent. Binary tags are passed over. */
export function readTags(content: Uint8Array): { tags: readonly NamedValue[]; isWhole: boolean } {
  const tags: NamedValue[] = [];
  let areTagsWhole = true;
  const isWhole = visitChildren(content, (child) => {
    if (child.id === ElementId.Tag && !readSimpleTags(child.content, tags, 0)) areTagsWhole = false;
  });
  return { tags, isWhole: isWhole && areTagsWhole };
}

/** Reads the SimpleTags of a Tag, or those inside a SimpleTag. */
function readSimpleTags(parent: Uint8Array, tags: NamedValue[], depth: number): boolean {
  if (depth === NESTED_TAGS_MAX) return false;
  let areTagsWhole = true;
  const isWhole = visitChildren(parent, (child) => {
    if (child.id === ElementId.SimpleTag && !readSimpleTag(child.content, tags, depth)) areTagsWhole = false;
  });
  return isWhole && areTagsWhole;
}

function readSimpleTag(content: Uint8Array, tags: NamedValue[], depth: number): boolean {
  let name = '';
  let value: string | undefined;
  let holdsTags = false;
  const isWhole = visitChildren(content, (child) => {
    if (child.id === ElementId.TagName) name = readText(child.content);
    if (child.id === ElementId.TagString) value = readText(child.content);
    if (child.id === ElementId.SimpleTag) holdsTags = true;
  });
  if (value !== undefined) tags.push({ name, value });
  return isWhole && (!holdsTags || readSimpleTags(content, tags, depth + 1));
}
