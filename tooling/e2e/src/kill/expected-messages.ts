import { PARTICIPANT_ROLES, roleOrder, samplesToMs, type ParticipantRole } from '@earshot/domain';
import { createScriptedSpeech, fingerprint } from '@earshot/scripted-ingest';
import type { SpokenPcm } from './spoken-call.ts';

/** Of the process under test: the default of `INGEST_HANGOVER_MS`. */
const HANGOVER_MS = 300;
const BLOCK_SAMPLES = 512;

export interface ExpectedMessage {
  readonly role: ParticipantRole;
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
}

/** The messages of a call that nothing disturbs, in the order of the cuts; made from the samples alone. */
export async function expectedMessages(pcm: SpokenPcm): Promise<ExpectedMessage[]> {
  const { createEndpointer } = createScriptedSpeech({ hangoverMs: HANGOVER_MS });
  const cuts: (ExpectedMessage & { readonly cutSample: number })[] = [];
  for (const role of PARTICIPANT_ROLES) {
    const endpointer = createEndpointer(role, undefined);
    const side = pcm[role];
    for (let at = 0; at < side.length; at += BLOCK_SAMPLES) {
      const block = side.subarray(at, at + BLOCK_SAMPLES);
      for (const segment of await endpointer.push(block))
        cuts.push({ ...message(role, segment), cutSample: at + block.length });
    }
    for (const segment of await endpointer.flush())
      cuts.push({ ...message(role, segment), cutSample: Number.POSITIVE_INFINITY });
  }
  return cuts
    .toSorted((a, b) =>
      a.cutSample === b.cutSample ? roleOrder(a.role) - roleOrder(b.role) : a.cutSample - b.cutSample,
    )
    .map(({ cutSample: _cutSample, ...rest }) => rest);
}

function message(
  role: ParticipantRole,
  segment: { readonly startSample: number; readonly endSample: number; readonly pcm: Int16Array },
): ExpectedMessage {
  const startMs = Math.round(samplesToMs(segment.startSample));
  return { role, startMs, endMs: Math.round(samplesToMs(segment.endSample)), text: fingerprint(segment.pcm) };
}
