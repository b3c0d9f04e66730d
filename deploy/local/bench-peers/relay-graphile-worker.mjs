import { Logger, run } from 'graphile-worker';
import pg from 'pg';
import { servePeer } from '../dist/bench/peer.js';
import { fact } from '../dist/bench/peers/happened.js';
import { Latency } from '../dist/bench/peers/latency.js';

servePeer(async ({ postgres, size }) => {
  const { host, port, user, password } = postgres;
  const pool = new pg.Pool({ host, port, user, password, database: 'postgres', max: 10, idleTimeoutMillis: 0 });
  const latency = new Latency();
  const runner = await run({
    pgPool: pool,
    concurrency: 8,
    noHandleSignals: true,
    logger: new Logger(() => () => {}),
    taskList: { happened: async ({ n }) => latency.heard(n) },
  });
  const write = (n) => runner.addJob('happened', fact(n).data);
  return {
    round: () => latency.measure(size, write),
    close: async () => {
      await runner.stop();
      await pool.end();
    },
  };
});
