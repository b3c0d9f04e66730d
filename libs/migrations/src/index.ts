export { closeTenant, type Departed, deleteTenantRows, tenantTables } from './depart.js';
export { lintMigrations } from './lint.js';
export { type Migration, type MigrationSource, migrate, requireSchemaVersion, SchemaBehind } from './migrate.js';
export { type ContextRoles, prepareContext, prepareReader } from './prepare-context.js';
