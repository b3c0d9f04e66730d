import { createServer } from 'node:net';

/** A port that was free a moment ago, on loopback. */
export async function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** @throws Error that names the port and what wanted it */
export async function requireFree(port: number, what: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', () => reject(new Error(`Port ${port}, which ${what} needs, is taken by another program. End that program, or run "npm run reset" to choose new ports.`)));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve()));
  });
}
