import type { FragmentSelection } from './fault.ts';

export function isSelected(selection: FragmentSelection, ordinal: number): boolean {
  if ('ordinals' in selection) return selection.ordinals.includes(ordinal);
  const { every, offset = 0 } = selection;
  return ordinal >= offset && (ordinal - offset) % every === 0;
}
