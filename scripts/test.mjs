// `npm test` and `npm run test:long`: installs what it needs, runs everything, ends with one line `N passed, N failed`.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  continueOnLockedNode,
  ensureInstalled,
  quietEnv,
  ROOT,
  requireNode18,
  say,
  stop,
} from './lib/node.mjs'

const PROJECTS = ['unit', 'property', 'workers', 'e2e']
const HELP = 'npm test -- [--only checks,unit,property,workers,e2e]   npm run test:long'

requireNode18()
const args = process.argv.slice(2)
const long = args.includes('--long')
const only = args.includes('--only') ? (args[args.indexOf('--only') + 1] ?? '').split(',') : null
if (only?.some((name) => !['checks', ...PROJECTS].includes(name)))
  stop(`--only takes some of checks,${PROJECTS}.\n${HELP}`, 2)
ensureInstalled()
await continueOnLockedNode()

const totals = { passed: 0, failed: 0, names: [] }
const wanted = (name) => only === null || only.includes(name)
if (
  spawnSync(process.execPath, ['scripts/build-assets.mjs'], { cwd: ROOT, stdio: ['ignore', 2, 2] }).status !==
  0
)
  count('the assets could not be built', false)
if (long) {
  if (await fetchDifferential()) await runVitest('differential')
  await runVitest('long')
} else {
  if (wanted('checks')) await runChecks()
  // each alone keeps little more than one core busy; side by side they use two
  await Promise.all([inTurn(['unit', 'property']), inTurn(['e2e'])])
  if (wanted('workers')) await Promise.all([runVitest('workers', '1/2'), runVitest('workers', '2/2')])
}
for (const name of totals.names) say(`failed: ${name}`)
process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed\n`)
process.exit(totals.failed === 0 && totals.passed > 0 ? 0 : 1)

/** Other people's truth, fetched and checked by its hash, without the packages that it would bring along. */
async function fetchDifferential() {
  const { fetchSchemas } = await import('./lib/differential.mjs')
  const trouble = fetchSchemas()
  if (trouble) count(`tests/differential could not be fetched: ${trouble}`, false)
  return trouble === null
}

async function runChecks() {
  const { CHECKS } = await import('./lib/checks.mjs')
  for (const [name, check] of Object.entries(CHECKS)) {
    const { ok, words } = check()
    say(`${ok ? 'ok  ' : 'FAIL'} ${name}`)
    if (!ok) say(words.slice(0, 8000))
    count(name, ok)
  }
}

async function inTurn(projects) {
  for (const project of projects.filter(wanted)) await runVitest(project)
}

async function runVitest(project, shard) {
  const name = shard ? `${project} ${shard}` : project
  const folder = mkdtempSync(join(tmpdir(), 'smb-test-'))
  const file = join(folder, 'report.json')
  const options = ['--project', project, '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`]
  const child = spawn(
    join(ROOT, 'node_modules/.bin/vitest'),
    ['run', ...options, ...(shard ? [`--shard=${shard}`] : [])],
    { cwd: ROOT, stdio: ['ignore', 2, 2], env: quietEnv() },
  )
  const status = await new Promise((resolve) => {
    child.on('exit', (code) => resolve(code ?? 1))
    child.on('error', () => resolve(1))
  })
  const before = totals.failed
  try {
    for (const suite of JSON.parse(readFileSync(file, 'utf8')).testResults) countSuite(suite)
  } catch {
    count(`${name}: the runner wrote no report`, false)
  }
  if (status !== 0 && totals.failed === before) count(`${name}: the runner ended with ${status}`, false)
  rmSync(folder, { recursive: true, force: true })
}

function countSuite(suite) {
  const file = suite.name.replace(`${ROOT}`, '')
  if (suite.assertionResults.length === 0 && suite.status === 'failed')
    count(`${file}: ${suite.message}`, false)
  for (const test of suite.assertionResults) count(`${file}: ${test.fullName}`, test.status === 'passed')
}

function count(name, ok) {
  totals[ok ? 'passed' : 'failed'] += 1
  if (!ok) totals.names.push(name)
}
