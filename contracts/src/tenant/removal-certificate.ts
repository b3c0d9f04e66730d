import { z } from 'zod';

/** What the owner's job found and deleted. The figures are what is kept of a tenant, and of no use to anybody who seeks its content. */
export const certificate = z.object({
  /** Deleted rows, by schema and table; tables that had none are absent. */
  rows: z.array(z.object({ schema: z.string(), table: z.string(), rows: z.int().min(1) })),
  /** VMs that were there and stay in vCenter: deleting them is decommissioning, and comes before. */
  machines: z.int(),
  /** Number and hash (SHA-256, hex) of the last entry in its audit trail, so that a copy kept elsewhere can be told to be whole. Null: it had none. */
  lastAudit: z.object({ number: z.int(), hash: z.string() }).nullable(),
});
