import type { IncomingMessage } from 'node:http';
import { readJsonBody } from '../json-input.ts';
import { invalidArgument, KvsError } from '../kvs-error.ts';
import { jsonReply, type Reply } from '../reply.ts';
import { FAULT_CATALOGUE } from './fault-catalogue.ts';
import type { FaultPlans } from './fault-plans.ts';
import { parseFaultPlan } from './parse-fault-plan.ts';

/** Path of the emulator's own that the service does not have. */
export const FAULTS_PATH = '/faults';

/**
 * `PUT /faults` with a plan replaces that stream's; `DELETE /faults?streamName=` takes it away; `GET /faults` tells the
 * catalogue and the plans in force, with `?streamName=` also what struck that stream.
 */
export async function serveFaults(request: IncomingMessage, url: URL, plans: FaultPlans): Promise<Reply> {
  const streamName = url.searchParams.get('streamName');
  switch (request.method ?? '') {
    case 'GET': {
      const struck = streamName === null ? {} : { struck: plans.strikes(streamName) };
      return jsonReply({ catalogue: FAULT_CATALOGUE, plans: plans.inForce(), ...struck });
    }
    case 'PUT': {
      const plan = parseFaultPlan(await readJsonBody(request));
      plans.set(plan);
      return jsonReply(plan);
    }
    case 'DELETE':
      if (streamName === null) throw invalidArgument('Cannot clear faults: the query has no streamName');
      plans.set({ streamName, faults: [] });
      return jsonReply({ streamName, faults: [] });
    default:
      throw new KvsError(405, 'UnknownOperationException', 'Cannot serve /faults: use GET, PUT or DELETE');
  }
}
