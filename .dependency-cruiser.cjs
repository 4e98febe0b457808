/** The layer law of docs/architecture.md as data: what a room may never import. `tests/unit/law.test.ts` runs it. */
const WINGS = ['workspace', 'connections', 'mini-foundry', 'security', 'marketplace', 'ops-copilot']

/** Wings import leftward only, and only through the front door (or the schema, for foreign keys). */
const wingRules = WINGS.flatMap((wing, index) => [
  {
    name: `${wing}-imports-leftward`,
    severity: 'error',
    from: { path: `^src/modules/${wing}/` },
    to: { path: WINGS.slice(index + 1).map((right) => `^src/modules/${right}/`) },
  },
  {
    name: `${wing}-behind-its-front-door`,
    comment: 'another wing or a door enters by index.ts, views or documents; schema.ts only for foreign keys',
    severity: 'error',
    from: { path: '^src/', pathNot: [`^src/modules/${wing}/`, '^src/(compose\\.ts$|connectors/)'] },
    to: {
      path: `^src/modules/${wing}/`,
      pathNot: [
        `^src/modules/${wing}/index\\.ts$`,
        `^src/modules/${wing}/(views|documents)/`,
        `^src/modules/${wing}/store/schema\\.ts$`,
      ],
    },
  },
]).filter((rule) => !Array.isArray(rule.to.path) || rule.to.path.length > 0)

const never = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to })

const DOORS = ['routes', 'durable', 'queues', 'cron', 'inbound-mail']

module.exports = {
  forbidden: [
    ...wingRules,
    never('no-cycles', {}, { circular: true }, 'a cycle is two rooms that are one'),
    never(
      'ground-stands-alone',
      { path: '^src/(platform|kit)/' },
      { path: '^src/(?!platform/|kit/)' },
      'platform and kit import nothing above them',
    ),
    never(
      'domain-is-pure',
      { path: '^src/modules/[^/]+/domain/' },
      {
        path: [
          '^src/(?!modules/|kit/|platform/)',
          '^src/modules/[^/]+/(store|actions|views|documents)/',
          '^src/platform/(tenant-db|directory|safe-fetch)',
          '^node_modules/(hono|drizzle-orm)/',
          '^cloudflare:',
        ],
      },
      'own domain, kit, platform types, zod and pure libraries',
    ),
    never(
      'store-knows-rows-only',
      { path: '^src/modules/[^/]+/store/' },
      {
        path: [
          '^src/(?!modules/|platform/|kit/)',
          '^src/modules/[^/]+/(actions|views|documents)/',
          '^node_modules/hono/',
        ],
      },
    ),
    never(
      'actions-know-no-http',
      { path: '^src/modules/[^/]+/actions/' },
      { path: ['^src/(?!modules/|platform/|kit/)', '^src/modules/[^/]+/views/', '^node_modules/hono/'] },
    ),
    never(
      'views-only-show',
      { path: ['^src/modules/[^/]+/(views|documents)/', '^src/views/'] },
      {
        path: [
          '^src/(?!modules/|platform/|kit/|views/)',
          '^src/modules/[^/]+/(store|actions)/',
          '^src/platform/(tenant-db|directory|services|safe-fetch)',
          '^node_modules/drizzle-orm/',
        ],
      },
    ),
    never(
      'connectors-know-ports-only',
      { path: '^src/connectors/' },
      {
        path: [
          '^src/(?!connectors/|platform/|kit/|modules/)',
          '^src/modules/[^/]+/(?!domain/)',
          '^node_modules/(hono|drizzle-orm)/',
        ],
      },
    ),
    never(
      'connectors-are-composed',
      { path: '^src/', pathNot: ['^src/compose\\.ts$', '^src/connectors/'] },
      { path: '^src/connectors/' },
      'compose.ts is the only file that imports connectors',
    ),
    never(
      'doors-hold-no-data-access',
      { path: `^src/(${DOORS.join('|')})(/|\\.ts$)` },
      { path: ['^src/modules/[^/]+/(store|domain|actions)/', '^node_modules/drizzle-orm/'] },
    ),
    ...DOORS.map((door) =>
      never(
        `${door}-is-a-door-of-its-own`,
        { path: `^src/${door}(/|\\.ts$)` },
        { path: DOORS.filter((other) => other !== door).map((other) => `^src/${other}(/|\\.ts$)`) },
      ),
    ),
    never(
      'http-is-for-routes',
      { path: '^src/', pathNot: ['^src/(routes|http)/', '^src/app\\.tsx$'] },
      { path: '^src/http/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/env\\.ts$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    moduleSystems: ['es6'],
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
}
