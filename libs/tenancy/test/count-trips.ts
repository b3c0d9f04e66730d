import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface TripCounter {
  readonly port: number;
  /** Times the client spoke after it had last been answered, since the count was asked for. */
  trips(): number;
  close(): Promise<void>;
}

/** Stands between a client and its server, and counts round trips on all connections. */
export async function countTrips(to: { host: string; port: number }): Promise<TripCounter> {
  let counted = 0;
  const sockets = new Set<Socket>();
  const proxy = createServer((client) => {
    const server = connect(to.port, to.host);
    let answered = true;
    client.on('data', (bytes) => {
      if (answered) counted += 1;
      answered = false;
      server.write(bytes);
    });
    server.on('data', (bytes) => {
      answered = true;
      client.write(bytes);
    });
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    port: (proxy.address() as AddressInfo).port,
    trips() {
      const since = counted;
      counted = 0;
      return since;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}
