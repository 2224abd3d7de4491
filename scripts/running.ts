/** Whether a process of this machine still runs, be it somebody else's. */
export function isRunning(pid: number): boolean {
  try {
    // Signal 0 asks, and does nothing.
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
