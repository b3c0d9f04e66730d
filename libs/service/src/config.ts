import { z } from 'zod';

/** What every service reads from its environment. Secrets may come as `<NAME>_FILE` instead. */
export const serviceConfig = z.object({
  DB_HOST: z.string(),
  DB_PORT: z.coerce.number().int(),
  DB_NAME: z.string(),
  DB_USER: z.string(),
  DB_PASSWORD: z.string(),
  RUNNER_DB_USER: z.string(),
  RUNNER_DB_PASSWORD: z.string(),
  /** Connections a replica; the runner takes two more. */
  DB_POOL_SIZE: z.coerce.number().int().min(1).default(5),
  NATS_URL: z.string(),
  NATS_USER: z.string(),
  NATS_PASSWORD: z.string(),
  /** PEM, Ed25519: signs what this service asks of others. */
  ACTOR_KEY_FILE: z.string(),
  /** `<service>.public.pem` of everybody who may ask. */
  ACTOR_PUBLIC_KEYS_DIR: z.string(),
  /** Liveness, readiness and metrics; 0 = any free port. */
  INNER_PORT: z.coerce.number().int().default(0),
  INNER_HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z.string().default('info'),
});
export type ServiceConfig = z.output<typeof serviceConfig>;
