export { type RequireCredentials } from './lib/caller-credentials.ts';
export { passThrough, type EmulatedCall, type Intercept } from './lib/emulated-call.ts';
export {
  FAULT_CATALOGUE,
  type FaultDescription,
  type FaultKind,
  type FaultParameter,
  type FaultParameterType,
} from './lib/faults/fault-catalogue.ts';
export { type FaultStrike } from './lib/faults/fault-log.ts';
export {
  type BodyFault,
  type Fault,
  type FaultPlan,
  type FragmentFault,
  type FragmentSelection,
  type RefuseFault,
} from './lib/faults/fault.ts';
export { parseFaultPlan, parseFaultPlans } from './lib/faults/parse-fault-plan.ts';
export { invalidArgument, KvsError, streamNotFound } from './lib/kvs-error.ts';
export { startKvsEmulator, type KvsEmulator, type KvsEmulatorOptions } from './lib/kvs-emulator.ts';
export { IDENTITY_TAG } from './lib/operations/stream-administration.ts';
export { errorReply, jsonReply, type Reply } from './lib/reply.ts';
export { type StoredFragmentInfo } from './lib/stored-fragment-info.ts';
export { type StsRole } from './lib/sts/assume-role.ts';
export {
  startStsEmulator,
  type StsEmulator,
  type StsEmulatorOptions,
  type StsRequest,
} from './lib/sts/sts-emulator.ts';
export { type IdentityPosition } from './lib/video-stream.ts';
