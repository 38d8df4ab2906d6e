export { passThrough, type EmulatedCall, type Intercept } from './lib/emulated-call.ts';
export { invalidArgument, KvsError, streamNotFound } from './lib/kvs-error.ts';
export { startKvsEmulator, type KvsEmulator, type KvsEmulatorOptions } from './lib/kvs-emulator.ts';
export { IDENTITY_TAG } from './lib/operations/stream-administration.ts';
export { errorReply, jsonReply, type Reply } from './lib/reply.ts';
export { type IdentityPosition } from './lib/video-stream.ts';
