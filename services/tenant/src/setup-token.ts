import { createHash, randomBytes } from 'node:crypto';
import { platformTenant } from '@dvmm/contracts';
import pg from 'pg';

/**
 * Makes the one-time token by which the first platform administrator gets in; good for 15 minutes and one use. Only its
 * hash is stored. Whoever prints it makes the link `<gateway>/setup/<token>` of it.
 * @param connection as the owner of tenant's schema
 */
export async function issueSetupToken(connection: pg.ClientConfig): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  const client = new pg.Client(connection);
  await client.connect();
  try {
    await client.query(
      "INSERT INTO tenant.setup_token (tenant_id, token, expires_at) VALUES ($1, $2, now() + interval '15 minutes')",
      [platformTenant, createHash('sha256').update(token).digest('hex')],
    );
    return token;
  } finally {
    await client.end();
  }
}
