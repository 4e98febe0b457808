import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'sqlite',
  schema: ['./src/platform/directory*-schema.ts', './src/modules/*/store/schema.ts'],
  out: './migrations',
})
