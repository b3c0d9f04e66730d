import type { Part } from './part.js';

export interface RestartablePart extends Part {
  /** Ends it in good order, if it still runs, and starts it again in the same place. `pid` is then the new one. */
  restart(): Promise<void>;
}

export async function restartable(start: () => Promise<Part>): Promise<RestartablePart> {
  let part = await start();
  const whole: RestartablePart = {
    ...part,
    stop: () => part.stop(),
    kill: () => part.kill(),
    async restart() {
      await part.stop();
      part = await start();
      Object.assign(whole, { pid: part.pid, endedByItself: part.endedByItself });
    },
  };
  return whole;
}
