/** What a bench's parent tells each peer. */
export interface BenchParts {
  readonly postgres: { readonly host: string; readonly port: number; readonly user: string; readonly password: string };
  readonly nats: { readonly url: string; readonly user: string; readonly password: string };
  /** The peer's own, removed afterwards. */
  readonly dir: string;
  /** How much one round does; what of, the figure says. */
  readonly size: number;
}

/** What one round measured, by name. */
export type Measured = Readonly<Record<string, number>>;

export interface Peer {
  /** @throws Error that says why the round is void, such as a lost message */
  round(): Promise<Measured>;
  close(): Promise<void>;
}

export type ToPeer = { readonly prepare: BenchParts } | { readonly round: true } | { readonly close: true };
export type FromPeer = { readonly done: Measured } | { readonly failed: string };

/** Runs this process as one peer of a bench, until its parent closes it. */
export function servePeer(prepare: (parts: BenchParts) => Promise<Peer>): void {
  let peer: Peer | undefined;
  const carryOut = async (order: ToPeer): Promise<Measured> => {
    if ('prepare' in order) peer = await prepare(order.prepare);
    else if ('round' in order && peer) return peer.round();
    else await peer?.close();
    return {};
  };
  process.on('message', (order: ToPeer) => {
    const answer = (message: FromPeer) => process.send?.(message, () => 'close' in order && process.exit(0));
    carryOut(order).then(
      (done) => answer({ done }),
      (error: unknown) => answer({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.on('disconnect', () => process.exit(1)); // The parent is gone.
}
