import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { FromPeer, Measured, ToPeer } from './peer.js';

/** One peer of a figure, in a process of its own, so that none pays for another's garbage or just-in-time compiler. */
export class PeerProcess {
  readonly #child: ChildProcess;

  constructor(
    readonly name: string,
    program: string,
    env: NodeJS.ProcessEnv,
  ) {
    this.#child = fork(program, { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  }

  /** @throws Error when the peer could not do it or has ended */
  async ask(order: ToPeer): Promise<Measured> {
    const ended = new AbortController();
    const answer = once(this.#child, 'message', { signal: ended.signal });
    const death = once(this.#child, 'exit', { signal: ended.signal }).then(([code]) => {
      throw new Error(`${this.name} ended with ${code}`);
    });
    this.#child.send(order);
    try {
      const [message] = (await Promise.race([answer, death])) as [FromPeer];
      if ('failed' in message) throw new Error(`${this.name}: ${message.failed}`);
      return message.done;
    } finally {
      answer.catch(() => {}); // The one that lost the race is called off.
      death.catch(() => {});
      ended.abort();
    }
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    await this.ask({ close: true }).catch(() => this.#child.kill('SIGKILL'));
  }
}
