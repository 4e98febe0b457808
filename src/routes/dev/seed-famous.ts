/** A shop that many people know the figures of: Tableau's sample Superstore, through the product's own import. */
import {
  createDashboard,
  createImport,
  newImportFile,
  readImports,
} from '../../modules/mini-foundry/index.ts'
import type { Services } from '../../platform/services.ts'
import { OWNER, SUPERSTORE } from './demo-people.ts'
import { ownedWorkspace } from './seed.ts'

/** What is published of the edition with the years 2014 to 2017; ours stand beside it, worked out from the rows. */
const PUBLISHED = `**Check us.** Published of this data set (Tableau, *Sample - Superstore*, 2014 to 2017):

- Sales **$2,297,200.86**, profit **$286,397.02**
- **5,009** orders of **793** customers, **37,873** pieces
- Sales by year: $484,247.50, $470,532.51, $609,205.60, $733,215.26

What stands beside is worked out here, from the 9,994 rows of the file.`

/** `csv` is the file; again is nothing new. */
export async function seedFamous(services: Services, csv: string): Promise<{ imported: boolean }> {
  const actor = await ownedWorkspace(services, OWNER, SUPERSTORE)
  const known = await readImports(services, actor, {})
  if (!known.ok) throw new Error(known.error.detail)
  if (known.value.rows.length > 0) return { imported: false }
  const place = newImportFile(services, actor)
  if (!place.ok) throw new Error(place.error.detail)
  const { bytes } = await services.files.put(place.value.key, csv, 'text/csv')
  const file = { id: place.value.id, fileName: 'superstore.csv', bytes }
  const made = await createImport(services, actor, file, { kind: 'orders' })
  if (!made.ok) throw new Error(made.error.detail)
  const number = (metric: string, title: string, x: number, y: number) => ({
    widget: { id: metric, kind: 'number' as const, title, metrics: [metric] },
    place: { id: metric, x, y, w: 4, h: 2 },
  })
  const parts = [
    {
      widget: { id: 'published', kind: 'text' as const, title: 'Published', metrics: [], text: PUBLISHED },
      place: { id: 'published', x: 0, y: 0, w: 4, h: 6 },
    },
    number('revenue', 'Sales', 4, 0),
    number('gross_profit', 'Profit', 8, 0),
    number('orders', 'Orders', 4, 2),
    number('customers', 'Customers', 8, 2),
    number('units_sold', 'Pieces', 4, 4),
    {
      widget: {
        id: 'years',
        kind: 'bar' as const,
        title: 'Sales by category',
        metrics: ['revenue'],
        group_by: 'category' as const,
      },
      place: { id: 'years', x: 0, y: 6, w: 12, h: 4 },
    },
    {
      widget: { id: 'line', kind: 'line' as const, title: 'Sales by year', metrics: ['revenue'] },
      place: { id: 'line', x: 0, y: 10, w: 12, h: 5 },
    },
  ]
  const dashboard = await createDashboard(services, actor, {
    name: 'Check us: Superstore',
    type: 'custom',
    widgets: parts.map(({ widget }) => widget),
    layout: parts.map((part) => part.place),
    settings: { query: { range: 'all_time', granularity: 'year' } },
    is_default: true,
  })
  if (!dashboard.ok) throw new Error(dashboard.error.detail)
  return { imported: true }
}
