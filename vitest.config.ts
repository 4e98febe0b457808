import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

/**
 * Modules reach workerd in one message of at most 32 MiB, inline source maps included: those of libraries alone would
 * fill it, and nobody steps through them.
 */
const withoutLibraryMaps = {
  name: 'without-library-maps',
  enforce: 'post' as const,
  transform: (code: string, id: string) =>
    id.includes('/node_modules/')
      ? { code: code.replace(/^\/\/# sourceMappingURL=.*$/gm, ''), map: { mappings: '' as const } }
      : null,
}

/** No test says how fast anything is; a machine that does other things as well must not fail one. */
const PATIENT = { testTimeout: 60_000 }

// Four rooms: unit and property run in plain Node, workers inside workerd, e2e drives Chromium.
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['tests/unit/**/*.test.{ts,tsx}'], environment: 'node', ...PATIENT } },
      {
        test: { name: 'property', include: ['tests/property/**/*.test.ts'], environment: 'node', ...PATIENT },
      },
      {
        plugins: [
          withoutLibraryMaps,
          cloudflareTest(async () => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              bindings: {
                ENVIRONMENT: 'test',
                PUBLIC_URL: 'http://example.com',
                DEV_KEY: 'test-dev-key',
                MASTER_KEYS: 'k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=',
                TOKEN_KEYS: 'k1:Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=',
                TEST_MIGRATIONS: await readD1Migrations('migrations'),
              },
            },
          })),
        ],
        test: {
          name: 'workers',
          include: ['tests/workers/**/*.test.{ts,tsx}'],
          setupFiles: ['tests/support/apply-migrations.ts'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          environment: 'node',
          fileParallelism: false,
          globalSetup: ['tests/e2e/setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'differential',
          include: ['tests/differential/*.test.ts'],
          environment: 'node',
        },
      },
      {
        test: {
          name: 'long',
          include: ['tests/long/**/*.test.ts'],
          environment: 'node',
          testTimeout: 600_000,
        },
      },
    ],
  },
})
