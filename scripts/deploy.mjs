// `npm run deploy`: from a Cloudflare account to a running installation, and from one version to the next. Safe to repeat.
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { Refused, wranglerStarter } from './lib/cloudflare.mjs'
import { deploy } from './lib/deploy.mjs'
import { DEPLOY_HELP, parseDeploy, settle } from './lib/deploy-options.mjs'
import { waitUntilWell } from './lib/health.mjs'
import {
  continueOnLockedNode,
  ensureInstalled,
  quietEnv,
  ROOT,
  requireNode18,
  say,
  step,
  stop,
} from './lib/node.mjs'
import { productionFile } from './lib/production-config.mjs'

requireNode18()
const options = parseDeploy(process.argv.slice(2))
if (options.error) stop(options.error, 2)
if (options.help) {
  process.stdout.write(`${DEPLOY_HELP}\n`)
  process.exit(0)
}
ensureInstalled()
await continueOnLockedNode()

// What belongs to one installation is written here; a test, or a machine with several, names a folder of its own.
const file = join(resolve(process.env.DEPLOY_HOME ?? ROOT), productionFile(options.name))
const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
const settings = settle(await asked(options), process.env, before)
if (settings.error) stop(settings.error, 2)
await step('assets', process.execPath, ['scripts/build-assets.mjs'])
const { experimental_readRawConfig } = await import('wrangler')
const command = process.env.WRANGLER ?? join(ROOT, 'node_modules/.bin/wrangler')

try {
  await deploy({
    options,
    settings,
    base: experimental_readRawConfig({ config: join(ROOT, 'wrangler.toml') }).rawConfig,
    file,
    root: ROOT,
    wrangler: (account) =>
      wranglerStarter(command, ROOT, {
        ...quietEnv(),
        ...(account ? { CLOUDFLARE_ACCOUNT_ID: account } : {}),
      }),
    say,
    isWell: waitUntilWell,
  })
} catch (error) {
  if (!(error instanceof Refused)) throw error
  stop(error.message)
}

/** Asks a person at a terminal for the one thing that has no default. */
async function asked(given) {
  if (given.url || process.env.PUBLIC_URL || before?.vars?.PUBLIC_URL) return given
  if (given.dryRun) return { ...given, url: 'https://command.example.com' }
  if (!process.stdin.isTTY) return given
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const address = await terminal.question('Address that people will use (https://...): ')
  terminal.close()
  return { ...given, url: address.trim() }
}
