export { Database, type DatabaseConfig, type PlainSql, type SqlStatement, setTenant } from './database.js';
export { keyOf, pageOf } from './keyset.js';
export { isUniqueViolation, sqlState } from './sql-state.js';
