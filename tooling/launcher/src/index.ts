export { createShutdown, type Shutdown, type ShutdownStep } from './lib/shutdown.ts';
export { type Credentials } from './lib/first-key.ts';
export { startSystem, type System, type SystemOptions } from './lib/system.ts';
export { type StateDirectory } from './lib/state-directory.ts';
