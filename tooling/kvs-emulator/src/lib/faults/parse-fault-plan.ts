import { invalidArgument, type KvsError } from '../kvs-error.ts';
import { isJsonObject, type JsonObject } from '../json-input.ts';
import type { Fault, FaultPlan } from './fault.ts';
import { FAULT_CATALOGUE, type FaultDescription, type FaultParameter } from './fault-catalogue.ts';

const FAULTS_MAX = 100;
const ORDINALS_MAX = 10_000;
const PLAN_KEYS = ['streamName', 'faults'];

/** Plans of a file: an array of them. Errors name the place: `plans[0].faults[2].afterBytes`. */
export function parseFaultPlans(value: unknown): FaultPlan[] {
  if (!Array.isArray(value)) throw wrong('plans', 'is not an array of plans');
  return value.map((plan: unknown, index) => parseFaultPlan(plan, `plans[${index}]`));
}

/** The one check of a plan, wherever it comes from. Throws InvalidArgumentException that names the place. */
export function parseFaultPlan(value: unknown, place = 'plan'): FaultPlan {
  if (!isJsonObject(value)) throw wrong(place, 'is not an object');
  refuseOtherKeys(value, PLAN_KEYS, place);
  const { streamName, faults } = value;
  if (typeof streamName !== 'string' || streamName === '')
    throw wrong(`${place}.streamName`, 'is not the name of a stream or *');
  if (!Array.isArray(faults)) throw wrong(`${place}.faults`, 'is not an array');
  if (faults.length > FAULTS_MAX)
    throw wrong(`${place}.faults`, `has ${faults.length} faults, limit ${FAULTS_MAX}`);
  return {
    streamName,
    faults: faults.map((fault: unknown, i) => parseFault(fault, `${place}.faults[${i}]`)),
  };
}

function parseFault(value: unknown, place: string): Fault {
  if (!isJsonObject(value)) throw wrong(place, 'is not an object');
  const description = FAULT_CATALOGUE.find(({ kind }) => kind === value['kind']);
  if (description === undefined) {
    const kinds = FAULT_CATALOGUE.map(({ kind }) => kind).join(', ');
    throw wrong(`${place}.kind`, `is none of ${kinds}`);
  }
  const { parameters } = description;
  const names = parameters.map(({ name }) => name);
  refuseOtherKeys(value, ['kind', ...selectionKey(description), ...names], place);
  for (const parameter of parameters) checkParameter(value, parameter, `${place}.${parameter.name}`);
  if (description.layer === 'fragment') checkSelection(value['fragments'], `${place}.fragments`);
  return asFault(value);
}

function checkParameter(fault: JsonObject, parameter: FaultParameter, place: string): void {
  const value = fault[parameter.name];
  if (value === undefined) {
    if (parameter.default === undefined) throw wrong(place, 'is missing');
    return;
  }
  switch (parameter.type) {
    case 'number':
      checkWhole(value, parameter, place);
      return;
    case 'text':
      if (typeof value !== 'string' || value === '') throw wrong(place, 'is not a text');
      return;
    case 'choice':
      if (!parameter.choices.some((choice) => choice === value))
        throw wrong(place, `is none of ${parameter.choices.join(', ')}`);
      return;
    case 'flag':
      if (value !== true) throw wrong(place, 'is not true: leave it out for off');
  }
}

function checkSelection(value: unknown, place: string): void {
  if (!isJsonObject(value))
    throw wrong(place, 'is neither {"ordinals": [...]} nor {"every": N, "offset": N}');
  const limits = { min: 0, max: Number.MAX_SAFE_INTEGER };
  const { ordinals } = value;
  if (ordinals === undefined) {
    refuseOtherKeys(value, ['every', 'offset'], place);
    checkWhole(value['every'], { ...limits, min: 1 }, `${place}.every`);
    if (value['offset'] !== undefined) checkWhole(value['offset'], limits, `${place}.offset`);
    return;
  }
  refuseOtherKeys(value, ['ordinals'], place);
  if (!Array.isArray(ordinals)) throw wrong(`${place}.ordinals`, 'is not an array');
  if (ordinals.length > ORDINALS_MAX)
    throw wrong(`${place}.ordinals`, `has ${ordinals.length} ordinals, limit ${ORDINALS_MAX}`);
  for (const [index, ordinal] of ordinals.entries())
    checkWhole(ordinal, limits, `${place}.ordinals[${index}]`);
}

function checkWhole(value: unknown, limits: { min: number; max: number }, place: string): void {
  const { min, max } = limits;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
    throw wrong(place, `is not a whole number from ${min} to ${max}`);
  }
}

/** A body fault has a parameter of that name for a number, so only fragment faults have the selection. */
function selectionKey({ layer }: FaultDescription): readonly string[] {
  return layer === 'fragment' ? ['fragments'] : [];
}

function refuseOtherKeys(value: JsonObject, keys: readonly string[], place: string): void {
  const other = Object.keys(value).find((key) => !keys.includes(key));
  if (other !== undefined) throw wrong(`${place}.${other}`, `is unknown; known are ${keys.join(', ')}`);
}

/** Every key of every kind was checked against the catalogue, which says the same as the types. */
function asFault(checked: JsonObject): Fault {
  return checked as unknown as Fault;
}

function wrong(place: string, reason: string): KvsError {
  return invalidArgument(`Cannot use fault plan: ${place} ${reason}`);
}
