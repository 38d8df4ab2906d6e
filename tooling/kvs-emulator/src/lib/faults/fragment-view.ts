import { ElementId, muxElement, muxMaster } from '@earshot/matroska';
import type { ParticipantRole } from '@earshot/domain';
import type { Fragment, FragmentBlock, FragmentTag, FragmentTrack } from '../fragment.ts';
import type { FragmentFault } from './fault.ts';
import { shortenBlocks } from './short-blocks.ts';

export type EncodingFault = Extract<FragmentFault, { kind: 'encoding' }>;
export type DamageFault = Extract<FragmentFault, { kind: 'damage' }>;

/** A fragment as its readers are given it; its blocks are those of `fragment` once mapped, also while that grows. */
export interface FragmentView {
  readonly fragment: Fragment;
  readonly tracks: readonly FragmentTrack[];
  readonly tags: readonly FragmentTag[];
  /** Elements that stand with the identity tags. */
  readonly oddTags: readonly Uint8Array[];
  readonly serverTimestampMs: number;
  readonly mapBlocks: (blocks: readonly FragmentBlock[]) => readonly FragmentBlock[];
}

const CONTACT_ID = 'ContactId';

/** Names of the tracks of each side (connect-media 0, fact 4). */
const ROLE_TRACKS: Readonly<Record<ParticipantRole, string>> = {
  customer: 'AUDIO_FROM_CUSTOMER',
  agent: 'AUDIO_TO_CUSTOMER',
};

/** Lone continuation and overlong bytes: valid UTF-8 nowhere. */
const NOT_UTF8 = Uint8Array.of(0x63, 0xff, 0xfe, 0xc0, 0x80, 0x80, 0x63);

/** The fragment as it was produced. */
export function plainView(fragment: Fragment): FragmentView {
  const { tracks, tags, serverTimestampMs } = fragment;
  return { fragment, tracks, tags, oddTags: [], serverTimestampMs, mapBlocks: (blocks) => blocks };
}

/** One fault upon a view. `missing`, `encoding` and `damage` are not about what is in a fragment and change nothing. */
export function applyToView(view: FragmentView, fault: FragmentFault): FragmentView {
  switch (fault.kind) {
    case 'foreign-contact':
      return { ...view, tags: withContact(view.tags, fault.contactId) };
    case 'no-identity':
      return { ...view, tags: [] };
    case 'swap-tracks':
      return swapTracks(view);
    case 'one-track':
      return oneTrack(view, fault.role);
    case 'short-blocks':
      return mapping(view, (blocks) => shortenBlocks(blocks, fault.bytes));
    case 'clock-skew':
      return { ...view, serverTimestampMs: view.serverTimestampMs + fault.serverAheadMs };
    case 'broken-tag':
      return { ...view, oddTags: [...view.oddTags, brokenTag()] };
    case 'missing':
    case 'encoding':
    case 'damage':
      return view;
  }
}

function withContact(tags: readonly FragmentTag[], contactId: string): readonly FragmentTag[] {
  return [{ name: CONTACT_ID, value: contactId }, ...tags.filter(({ name }) => name !== CONTACT_ID)];
}

function swapTracks(view: FragmentView): FragmentView {
  const numbers = view.tracks.map(({ number }) => number);
  const swapped = new Map(numbers.map((number, index) => [number, numbers.at(-1 - index) ?? number]));
  const swap = (number: number): number => swapped.get(number) ?? number;
  const tracks = view.tracks.map((track) => ({ ...track, number: swap(track.number) }));
  return mapping({ ...view, tracks: tracks.toSorted((a, b) => a.number - b.number) }, (blocks) =>
    blocks.map((block) => ({ ...block, trackNumber: swap(block.trackNumber) })),
  );
}

function oneTrack(view: FragmentView, role: ParticipantRole): FragmentView {
  const track = view.tracks.find(({ name }) => name === ROLE_TRACKS[role]);
  if (track === undefined) return view;
  return mapping({ ...view, tracks: [track] }, (blocks) =>
    blocks.filter(({ trackNumber }) => trackNumber === track.number),
  );
}

function mapping(view: FragmentView, map: FragmentView['mapBlocks']): FragmentView {
  return { ...view, mapBlocks: (blocks) => map(view.mapBlocks(blocks)) };
}

function brokenTag(): Uint8Array {
  return muxMaster(ElementId.Tags, [
    muxMaster(ElementId.Tag, [
      muxMaster(ElementId.SimpleTag, [
        muxElement(ElementId.TagName, Buffer.from('Note')),
        muxElement(ElementId.TagString, NOT_UTF8),
      ]),
    ]),
  ]);
}
