/** What readers of tables share: one stream, read whole each time. */
import type { FactBatch } from '../../modules/mini-foundry/domain/facts.ts'
import {
  kindFault,
  normaliseTable,
  type RawTable,
  TABLE_STREAM,
} from '../../modules/mini-foundry/domain/table-source.ts'
import { ok, type Result } from '../../platform/result.ts'
import type { SettingsField, SourcePage, SourceReader, SourceStream } from '../../platform/source-reader.ts'

const STREAM: SourceStream = {
  name: TABLE_STREAM,
  title: 'Rows',
  everyMinutes: 60,
  overlapMinutes: 0,
  windowDays: null,
}

const KIND_FIELDS: readonly SettingsField[] = [
  {
    name: 'kind',
    label: 'What is one row?',
    options: [
      { value: 'orders', label: 'A line of an order' },
      { value: 'customers', label: 'A customer' },
      { value: 'products', label: 'A product' },
      { value: 'invoices', label: 'An invoice' },
      { value: 'contacts', label: 'A contact' },
      { value: 'spend', label: 'A day of marketing spend' },
    ],
  },
  {
    name: 'currency',
    label: 'Currency',
    hint: 'For rows without one of their own.',
    placeholder: 'USD',
    optional: true,
  },
]

export const pageOfTable = (table: Result<RawTable>): Result<SourcePage> =>
  table.ok
    ? ok({
        raw: JSON.stringify(table.value),
        records: table.value.rows.length,
        state: null,
        done: true,
        expected: table.value.rows.length,
      })
    : table

/** A reader of tables but for how the table is fetched and what must be chosen for it. */
export function tableReader(
  parts: Pick<SourceReader<FactBatch>, 'kind' | 'name' | 'read' | 'settingsFields'> & {
    fault(settings: Record<string, unknown>): { path: string; message: string } | null
  },
): SourceReader<FactBatch> {
  return {
    kind: parts.kind,
    name: parts.name,
    role: 'any',
    streams: () => [STREAM],
    settingsFields: [...(parts.settingsFields ?? []), ...KIND_FIELDS],
    settingsFault: (settings) => parts.fault(settings) ?? kindFault(settings),
    read: parts.read,
    normalise: (_stream, raw, context) => normaliseTable(raw, context),
  }
}
