import { PARTICIPANT_ROLES } from '@earshot/domain';
import { describe, expect, it } from 'vitest';
import { BLOCK_SAMPLES } from './call-pcm.ts';
import { judgeAudio, jumpsOf, type FragmentAudio } from './expected-audio.ts';
import { FAULTS_ALONE } from './faults-alone.ts';
import { faultsTogether } from './faults-together.ts';
import { expectedTexts, runScenario, type ScenarioOutcome } from './run-scenario.ts';
import { isWhole, type Scenario } from './scenario.ts';

const RUN_MS_MAX = 240_000;
const FRAGMENT_SAMPLES = 16 * BLOCK_SAMPLES;
/** `verify:all` asks for more. */
const runs = Number(process.env['EARSHOT_CHAOS_RUNS'] ?? '40');
const firstSeed = Number(process.env['EARSHOT_CHAOS_SEED'] ?? '20261123');

function fragmentsOf(
  scenario: Scenario,
  { pcm }: ScenarioOutcome,
  role: (typeof PARTICIPANT_ROLES)[number],
): readonly FragmentAudio[] {
  const { fragmentCount, endsBefore = fragmentCount, fate = isWhole } = scenario;
  return Array.from({ length: endsBefore }, (_, ordinal) => ({
    pcm: pcm[role].subarray(ordinal * FRAGMENT_SAMPLES, (ordinal + 1) * FRAGMENT_SAMPLES),
    fate: fate(ordinal, role),
  }));
}

/** One side of a stereo recording. */
function recordedSide(stereo: Buffer, role: (typeof PARTICIPANT_ROLES)[number]): Int16Array {
  const offset = 2 * PARTICIPANT_ROLES.indexOf(role);
  return Int16Array.from({ length: stereo.length / 4 }, (_, index) => stereo.readInt16LE(4 * index + offset));
}

function soundOf(pcm: Int16Array): Int16Array {
  return pcm.filter((sample) => sample !== 0);
}

type Caption = ScenarioOutcome['recorded']['captions'][number];

function toCaption({ role, startMs, endMs, text }: ScenarioOutcome['messages'][number]): Caption {
  return { role, startMs, endMs, text };
}

function inOrder(a: Caption, b: Caption): number {
  return a.startMs - b.startMs || (a.role === b.role ? 0 : a.role === 'customer' ? -1 : 1);
}

/** The invariant: what was put is what is heard, and what is heard is what is written down, each once. */
async function expectNothingLost(scenario: Scenario): Promise<void> {
  const result = await runScenario(scenario);
  const { heard, outcome, messages, struck, recorded } = result;
  expect(outcome).toMatchObject({ type: 'ended' });
  expect(heard.faults).toEqual([]);
  for (const role of PARTICIPANT_ROLES) {
    const fragments = fragmentsOf(scenario, result, role);
    expect(judgeAudio(role, heard.pcm(role), fragments)).toBeUndefined();
    const said = messages.filter((message) => message.role === role).map(({ text }) => text);
    expect(said).toEqual(await expectedTexts(role, heard.pcm(role), jumpsOf(fragments)));
    // In a recording jumps of the clock are silence.
    expect(soundOf(recordedSide(recorded.pcm, role))).toEqual(soundOf(heard.pcm(role)));
  }
  expect(recorded.captions.toSorted(inOrder)).toEqual(messages.map(toCaption).toSorted(inOrder));
  const wanted = scenario.faults(scenario.before).map(({ kind }) => kind);
  expect(wanted.filter((kind) => !struck.has(kind) && scenario.mayMiss?.includes(kind) !== true)).toEqual([]);
}

describe.concurrent('a call with one fault', () => {
  it.each(FAULTS_ALONE)('$name', expectNothingLost, RUN_MS_MAX);
});

describe.concurrent('a call with many faults', () => {
  const scenarios = Array.from({ length: runs }, (_, index) => faultsTogether(firstSeed + index));
  it.each(scenarios)('$name', expectNothingLost, RUN_MS_MAX);
});
