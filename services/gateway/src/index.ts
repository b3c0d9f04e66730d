export { type GatewayConfig, readGatewayConfig } from './config.js';
export { openApiDocument } from './openapi/document.js';
export { type RunningGateway, startGateway } from './start-gateway.js';
