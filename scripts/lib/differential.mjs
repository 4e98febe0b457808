// The published Admin schema out of npm's own archive of one pinned package: nothing of it is installed or run.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './node.mjs'

const FOLDER = join(ROOT, 'tests/differential')

/** Puts the pinned schema into `tests/differential/schemas`. Says in words what went wrong, or null. */
export function fetchSchemas() {
  const { name, version, integrity, files } = JSON.parse(readFileSync(join(FOLDER, 'schemas.json'), 'utf8'))
  const target = join(FOLDER, 'schemas')
  if (files.every((file) => existsSync(join(target, file.split('/').at(-1))))) return null
  const work = mkdtempSync(join(tmpdir(), 'smb-schemas-'))
  try {
    const packed = spawnSync('npm', ['pack', `${name}@${version}`, '--pack-destination', work, '--json'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 2],
    })
    if (packed.status !== 0) return `npm pack ended with ${packed.status}`
    const archive = join(work, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`)
    if (!existsSync(archive)) return 'npm packed no archive'
    const hash = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`
    if (hash !== integrity) return 'the archive is not the one that was pinned'
    mkdirSync(target, { recursive: true })
    const options = ['-xzf', archive, '-C', target, '--strip-components=3', ...files]
    const unpacked = spawnSync('tar', options, { stdio: ['ignore', 2, 2] })
    return unpacked.status === 0 ? null : `tar ended with ${unpacked.status}`
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
