import { readGatewayConfig } from './config.js';
import { type RunningGateway, startGateway } from './start-gateway.js';

const gateway = await start().catch((error: Error) => {
  console.error(`The gateway cannot start: ${error.message}`);
  process.exit(1);
});
await new Promise<void>((resolve) => {
  process.once('SIGTERM', resolve);
  process.once('SIGINT', resolve);
});
await gateway.stop();
process.exit(0);

async function start(): Promise<RunningGateway> {
  return startGateway(readGatewayConfig(process.env));
}
