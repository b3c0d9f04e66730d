import { setTimeout as pause } from 'node:timers/promises';
import { services } from '@dvmm/contracts';
import { logOf } from './folder.js';
import type { LocalStack } from './local-stack.js';
import { startFarewell, startGateway, startService } from './own-parts.js';

const longestPauseMs = 30_000;

/** Says when a part ends that nobody ended, and brings a service or the gateway back, as an orchestrator would. */
export function supervise(stack: LocalStack, say: (line: string) => void): void {
  for (const name of stack.parts.keys()) watch(stack, name, say);
}

function watch(stack: LocalStack, name: string, say: (line: string) => void): void {
  const part = stack.parts.get(name);
  void part?.endedByItself?.then(async () => {
    if (stack.parts.get(name) !== part) return;
    const restart = starterOf(stack, name);
    if (!restart) {
      say(`${name} has ended. Stop with Ctrl-C and start again; its log is ${logOf(name)}`);
      return;
    }
    say(`${name} has ended and is being started again; its log is ${logOf(name)}`);
    for (let waitMs = 500; ; waitMs = Math.min(longestPauseMs, waitMs * 2)) {
      await pause(waitMs);
      try {
        stack.parts.set(name, await restart());
        break;
      } catch (error) {
        say(`${name} does not start: ${(error as Error).message.split('\n')[0]}`);
      }
    }
    say(`${name} is back`);
    watch(stack, name, say);
  });
}

/** Only what is ours comes back by itself; what DVMM stands on holds state that a person should look at first. */
function starterOf({ settings }: LocalStack, name: string) {
  const service = services.find((one) => one === name);
  if (service) return () => startService(settings, service);
  if (name === 'farewell') return () => startFarewell(settings);
  return name === 'gateway' ? () => startGateway(settings) : undefined;
}
