/** What we use of node-vsphere-soap as patched (patches/node-vsphere-soap.patch). */
declare module 'node-vsphere-soap' {
  import type { EventEmitter } from 'node:events';

  export class Client extends EventEmitter {
    /** @param options.request goes with every HTTP request: agent, limits, and the signal that bounds the login */
    constructor(
      host: string,
      user: string,
      password: string,
      sslVerify: true,
      options: { wsdl: string; request: Record<string, unknown> },
    );
    /** RetrieveServiceContent's answer, set before `ready`. */
    readonly serviceContent: unknown;
    readonly userName: string;
    /** Emits `result` (the body's element) or `error`, once. */
    runCommand(command: string, args: unknown, request: Record<string, unknown>): EventEmitter;
  }
}
