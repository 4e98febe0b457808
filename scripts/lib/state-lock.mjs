// One start per state folder: two would write over each other's database.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stop } from './node.mjs'

const fileOf = (state) => join(state, 'start.pid')

/** The process that runs on this state, or null. */
export function holderOf(state) {
  const file = fileOf(state)
  if (!existsSync(file)) return null
  const pid = Number(readFileSync(file, 'utf8'))
  try {
    process.kill(pid, 0)
    return pid
  } catch {
    return null
  }
}

export function takeState(state) {
  const holder = holderOf(state)
  if (holder !== null && holder !== process.pid) {
    stop(
      `Another start (process ${holder}) already runs on ${state}. End it with Ctrl-C there, or give this one its own folder: npm start -- --state DIR`,
    )
  }
  const file = fileOf(state)
  writeFileSync(file, String(process.pid))
  process.on('exit', () => rmSync(file, { force: true }))
}
