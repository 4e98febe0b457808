// The configuration of a production installation: wrangler.toml with this account's names, ids and settings put in.

const BASE_NAME = 'smb-command'

/** Where it is written; git-ignored, since it belongs to one installation. */
export const productionFile = (name) =>
  name === BASE_NAME ? 'wrangler.production.json' : `wrangler.production.${name}.json`

/** Names of all that must exist in the account before a deploy: `{ database, buckets, queues }`. */
export function resourcesOf(config) {
  return {
    database: config.d1_databases[0].database_name,
    buckets: config.r2_buckets.map((bucket) => bucket.bucket_name),
    queues: [
      ...new Set([
        ...config.queues.producers.map((producer) => producer.queue),
        ...config.queues.consumers.flatMap((consumer) => [consumer.queue, consumer.dead_letter_queue]),
      ]),
    ].filter(Boolean),
  }
}

/** The base with every resource's name beginning with `name`: two installations in one account share nothing. */
export function renamed(base, name) {
  const text = JSON.stringify(base).replaceAll(`"${BASE_NAME}`, `"${name}`)
  return JSON.parse(text)
}

/** The configuration to deploy with. A custom domain becomes the only door: the workers.dev address is closed then. */
export function productionConfig(named, { databaseId, account, vars }) {
  const host = new URL(vars.PUBLIC_URL).hostname
  const custom = !host.endsWith('.workers.dev')
  return {
    ...named,
    ...(account ? { account_id: account } : {}),
    ...(custom ? { routes: [{ pattern: host, custom_domain: true }] } : {}),
    workers_dev: !custom,
    vars: { ...named.vars, ...vars, ENVIRONMENT: 'production' },
    d1_databases: named.d1_databases.map((database) => ({ ...database, database_id: databaseId })),
  }
}
