import { createConnection } from 'node:net';

export interface Attempts {
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}

/**
 * Publishes an empty message to each subject, and subscribes to each, over one bare connection; a client library would
 * hide which attempt a violation belongs to.
 * @returns what the server refused
 */
export function refusedTo(
  login: { readonly port: number; readonly user: string; readonly password: string },
  attempts: Attempts,
): Promise<{ publish: Set<string>; subscribe: Set<string> }> {
  const refused = { publish: new Set<string>(), subscribe: new Set<string>() };
  const hello = { user: login.user, pass: login.password, verbose: false, pedantic: false, echo: false };
  const commands = [
    `CONNECT ${JSON.stringify(hello)}`,
    ...attempts.publish.map((subject) => `PUB ${subject} 0\r\n`),
    ...attempts.subscribe.flatMap((subject, sid) => [`SUB ${subject} ${sid}`, `UNSUB ${sid}`]),
    'PING', // Answered after everything before it has been answered.
  ];
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: '127.0.0.1', port: login.port }, () => {
      socket.write(`${commands.join('\r\n')}\r\n`);
    });
    let unread = '';
    socket.setEncoding('utf8');
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`The server closed the connection of ${login.user}.`)));
    socket.on('data', (chunk: string) => {
      const lines = `${unread}${chunk}`.split('\r\n');
      unread = lines.pop() ?? '';
      for (const line of lines) {
        const [, what, subject] =
          /^-ERR 'Permissions Violation for (Publish|Subscription) to "(.+)"'$/.exec(line) ?? [];
        if (subject) refused[what === 'Publish' ? 'publish' : 'subscribe'].add(subject);
        else if (line.startsWith('-ERR')) reject(new Error(line));
        else if (line === 'PONG') {
          resolve(refused);
          socket.end();
        }
      }
    });
  });
}
