// Lays the schema into each workerd test file's own database.
import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'

const migrations = (env as unknown as { TEST_MIGRATIONS: Parameters<typeof applyD1Migrations>[1] })
  .TEST_MIGRATIONS
await applyD1Migrations((env as unknown as { DB: D1Database }).DB, migrations)
