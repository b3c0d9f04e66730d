import { readGatewayConfig } from './config.js';
import { startGateway } from './start-gateway.js';

const gateway = await startGateway(readGatewayConfig(process.env));
await new Promise<void>((resolve) => {
  process.once('SIGTERM', resolve);
  process.once('SIGINT', resolve);
});
await gateway.stop();
process.exit(0);
