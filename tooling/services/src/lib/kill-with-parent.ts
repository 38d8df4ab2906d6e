import { spawn } from 'node:child_process';
import type { ProcessExit, StopStep } from './run-process.ts';

/**
 * The guard blocks on a pipe that only this process holds open. A line on it means "stopped in order"; its end
 * without a line means that this process is gone, even by SIGKILL, and then the guarded process is ended. One that
 * nobody has reaped yet (state Z) has ended.
 */
const GUARD_SCRIPT = `
pid=$1; shift
if read -r line; then exit 0; fi
for signal in "$@"; do
  kill -s "$signal" "$pid" 2>/dev/null || exit 0
  i=0
  while [ "$i" -lt 80 ]; do
    kill -0 "$pid" 2>/dev/null || exit 0
    case $(cat "/proc/$pid/stat" 2>/dev/null) in *') Z '*) exit 0 ;; esac
    sleep 0.1
    i=$((i + 1))
  done
done
`;

/** Makes sure that `pid` does not outlive this process. */
export function killWithParent(
  pid: number,
  options: { stopSteps: readonly StopStep[]; killSignal?: NodeJS.Signals },
  exited: Promise<ProcessExit>,
): void {
  const signals = [...options.stopSteps.map((step) => step.signal), options.killSignal ?? 'SIGKILL'];
  const names = signals.map((signal) => signal.replace(/^SIG/, ''));
  const guard = spawn('/bin/sh', ['-c', GUARD_SCRIPT, 'earshot-guard', String(pid), ...names], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.on('error', () => {
    // Without a shell the process runs unguarded; the next start finds what a crash left behind.
  });
  guard.stdin.on('error', () => {
    // The guard ended first: nothing is left to tell it.
  });
  guard.unref();
  void exited.then(() => guard.stdin.end('stopped\n'));
}
