// The layer law: what each room may import, held by dependency-cruiser over the real tree.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import { afterAll, expect, test } from 'vitest'

const require = createRequire(import.meta.url)
const law = require('../../../.dependency-cruiser.cjs')

async function cruiseTree(paths: string[]): Promise<ICruiseResult> {
  const { output } = await cruise(paths, {
    ...law.options,
    validate: true,
    ruleSet: { forbidden: law.forbidden },
    parser: 'swc',
  } as never)
  return output as ICruiseResult
}

const PLANTED = 'src/modules/workspace/domain/planted-violation.ts'

afterAll(() => rmSync(PLANTED, { force: true }))

test('no room imports what the law forbids, and the law saw the whole house', async () => {
  const result = await cruiseTree(['src'])
  const broken = result.summary.violations.map((v) => `${v.rule.name}: ${v.from} -> ${v.to}`)
  expect(broken).toEqual([])
  expect(result.summary.totalCruised).toBeGreaterThan(100)
}, 60_000)

test('a planted violation is seen', async () => {
  mkdirSync('src/modules/workspace/domain', { recursive: true })
  writeFileSync(PLANTED, "import '../../../compose.ts'\nimport '../../mini-foundry/index.ts'\n")
  const result = await cruiseTree([PLANTED])
  rmSync(PLANTED)
  const rules = result.summary.violations.map((v) => v.rule.name)
  expect(rules).toContain('domain-is-pure')
  expect(rules).toContain('workspace-imports-leftward')
}, 60_000)
