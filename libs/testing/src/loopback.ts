import { createServer, type Server } from 'node:net';

/** A port that was free a moment ago, on loopback. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listenOnLoopback(server, 0, 'a free port');
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** @throws Error that names the port and what wanted it */
export async function requireFree(port: number, what: string): Promise<void> {
  const server = createServer();
  await listenOnLoopback(server, port, what);
  await new Promise((resolve) => server.close(resolve));
}

/**
 * Listens on 127.0.0.1; port 0 takes a free one.
 * @returns the port
 * @throws Error that names the port and what wanted it
 */
export function listenOnLoopback(server: Server, port: number, what: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(
        taken ? new Error(`Port ${port}, which ${what} needs, is taken by another program.`, { cause: error }) : error,
      );
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}
