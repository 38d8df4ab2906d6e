import type { DeliveryState } from '../../stores/lanes.ts';

/** Place in the list is the number in the column; the partial indexes of pending rows rely on 0. */
const STATES: readonly DeliveryState[] = ['pending', 'delivered', 'dropped', 'failed', 'dead'];

export function stateNumber(state: DeliveryState): number {
  return STATES.indexOf(state);
}

export function stateName(number: number): DeliveryState {
  const state = STATES[number];
  if (state === undefined) throw new Error(`Cannot read delivery: state ${number} is unknown`);
  return state;
}
