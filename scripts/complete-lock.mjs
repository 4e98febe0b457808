// After `npm install` on one system the lock may lack the optional packages of others, and `npm ci` there refuses. This adds
// what is missing, from the registry's own description of each package. Run it after every change of dependencies.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, say } from './lib/node.mjs'

const file = join(ROOT, 'package-lock.json')
const lock = JSON.parse(readFileSync(file, 'utf8'))

/** Optional packages that some entry wants and the lock does not hold: `{ path, name, version, dev }`. */
export function missingOptionals(packages) {
  const missing = []
  for (const [path, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const nested = `${path}/node_modules/${name}`
      if (packages[nested] || packages[`node_modules/${name}`]) continue
      missing.push({ path: `node_modules/${name}`, name, version, dev: entry.dev === true })
    }
  }
  return missing
}

/** Which system a package of this name is for; registries that do not carry the package cannot tell. */
export function systemOf(name) {
  const words = name.toLowerCase().split(/[-/]/)
  const oneOf = (table) => Object.entries(table).find(([word]) => words.some((part) => part === word))?.[1]
  return {
    os:
      oneOf({
        darwin: 'darwin',
        windows: 'win32',
        win32: 'win32',
        android: 'android',
        freebsd: 'freebsd',
        openharmony: 'openharmony',
        linux: 'linux',
        wasm32: 'any',
      }) ?? 'any',
    cpu:
      oneOf({
        x64: 'x64',
        64: 'x64',
        arm64: 'arm64',
        arm: 'arm',
        ia32: 'ia32',
        ppc64: 'ppc64',
        riscv64: 'riscv64',
        s390x: 's390x',
        wasm32: 'wasm32',
      }) ?? 'any',
    ...(words.includes('musl') ? { libc: 'musl' } : words.includes('gnu') ? { libc: 'glibc' } : {}),
  }
}

if (process.argv[1]?.endsWith('complete-lock.mjs')) {
  const missing = missingOptionals(lock.packages)
  for (const { path, name, version, dev } of missing) {
    const asked = spawnSync('npm', ['view', `${name}@${version}`, '--json'], { encoding: 'utf8' })
    const answer = asked.status === 0 ? JSON.parse(asked.stdout) : {}
    const found = { ...systemOf(name), ...(Array.isArray(answer) ? answer.at(-1) : answer) }
    lock.packages[path] = {
      version: found.version ?? version,
      ...(found.dist?.integrity ? { integrity: found.dist.integrity } : {}),
      cpu: [found.cpu].flat(),
      ...(dev ? { dev: true } : {}),
      ...(found.libc ? { libc: [found.libc].flat() } : {}),
      optional: true,
      ...(found.os === 'any' ? {} : { os: [found.os].flat() }),
    }
    say(`added ${path} ${version}`)
  }
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
  say(missing.length === 0 ? 'the lock is complete' : `${missing.length} entries added`)
}
