// The account's side of a deploy in a dry run: says the commands of cloudflare.mjs for a new account and changes nothing.

export const NO_ID = '00000000-0000-0000-0000-000000000000'

export function findAccount(run, wanted) {
  run(['whoami', '--json'])
  return wanted
}

export function ensureDatabase(run, name) {
  run(['d1', 'list', '--json'])
  run(['d1', 'create', name])
  return { id: NO_ID, existed: false }
}

export const ensureBucket = (run, name) => run(['r2', 'bucket', 'create', name])

export const ensureQueue = (run, name) => run(['queues', 'create', name])

export function secretNames(run, worker) {
  run(['secret', 'list', '--name', worker, '--format', 'json'])
  return ['MASTER_KEYS', 'TOKEN_KEYS', 'RESEND_API_KEY']
}

export const holdsPeople = () => false

export const bookmarkOf = () => null
