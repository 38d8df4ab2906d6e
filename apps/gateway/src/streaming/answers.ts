import { PARTICIPANT_STATUS, type StartStreamingResponse, type StopStreamingResponse } from '@earshot/api';
import { audioSummary } from '@earshot/domain';
import type { CallSession, CallStream } from '@earshot/storage';

/** A start never waits for media, so both participants are well. */
export function presentStart(session: CallSession): StartStreamingResponse {
  const [customer, agent] = session.streams;
  return {
    isOk: true,
    autotranscribeResponse: {
      customer: { streamId: customer.streamId, status: PARTICIPANT_STATUS.ok },
      agent: { streamId: agent.streamId, status: PARTICIPANT_STATUS.ok },
    },
  };
}

/**
 * The summaries of a stop. A participant of whom no audio came in a session that has ended is reported as 4080;
 * while the session still drains nobody can know, so it counts as well.
 */
export function presentStop(session: CallSession): StopStreamingResponse {
  const [customer, agent] = session.streams;
  const silent = session.state === 'ended' ? session.streams.filter((stream) => stream.audioBytes === 0) : [];
  const present = (stream: CallStream) => ({
    streamId: stream.streamId,
    status: silent.includes(stream) ? PARTICIPANT_STATUS.unableToTranscribe : PARTICIPANT_STATUS.ok,
    summary: audioSummary(stream.audioBytes, stream.transcripts),
  });
  return {
    isOk: silent.length === 0,
    ...(silent.length === 0 ? {} : { errorMessage: describeSilence(session, silent) }),
    autotranscribeResponse: { customer: present(customer), agent: present(agent) },
  };
}

function describeSilence(session: CallSession, silent: readonly CallStream[]): string {
  const names = silent.map(({ role }) => `the ${role}`);
  const sentence = `No audio of ${names.join(' and ')} was received`;
  const trouble = session.trouble ?? session.mediaReport?.lastTrouble;
  return trouble === undefined ? sentence : `${sentence}: ${trouble.cause}. ${trouble.remedy}`;
}
