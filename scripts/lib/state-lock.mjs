// One start per state folder: two would write over each other's database.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stop } from './node.mjs'

const fileOf = (state) => join(state, 'start.pid')

/** The process that runs on this state, or null. */
export function holderOf(state) {
  const pid = Number(read(fileOf(state)))
  if (!pid || pid === process.pid || !isAlive(pid)) return null
  // After a crash the number may belong to some other program by now; where the system tells, look.
  const command = read(`/proc/${pid}/cmdline`)
  return command === null || /node|start\.mjs/.test(command) ? pid : null
}

/** Takes the state for this process until it ends, or stops with a sentence. */
export function takeState(state) {
  const file = fileOf(state)
  if (holderOf(state) === null) rmSync(file, { force: true })
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
  } catch {
    stop(
      `Another start (process ${holderOf(state) ?? 'of this moment'}) already runs on ${state}. End it with Ctrl-C there, or give this one its own folder: npm start -- --state DIR`,
    )
  }
  process.on('exit', () => rmSync(file, { force: true }))
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
