/** Reads one sheet of a spreadsheet as a table (Sheets API v4, `spreadsheets.values.get`). */
import * as z from 'zod'
import type { FactBatch } from '../../modules/mini-foundry/domain/facts.ts'
import { MOST_TABLE_ROWS } from '../../modules/mini-foundry/domain/table-source.ts'
import type { SourceReader } from '../../platform/source-reader.ts'
import type { Bases } from '../bases.ts'
import { bearer } from '../consent.ts'
import { pageOfTable, tableReader } from '../table/stream.ts'
import { tableOf } from '../table/table.ts'
import { askVendor } from '../vendor-call.ts'

const MAX_BYTES = 20 * 1024 * 1024

const cell = z.union([z.string(), z.number(), z.boolean()])
const valuesAnswer = z.object({ values: z.array(z.array(cell)).default([]) })

/** The id in the address of a spreadsheet, or the text itself when it is one. */
export function spreadsheetId(text: string): string | null {
  const found = /\/spreadsheets\/d\/([A-Za-z0-9_-]{20,})/.exec(text)?.[1] ?? text.trim()
  return /^[A-Za-z0-9_-]{20,120}$/.test(found) ? found : null
}

export function googleSheetsReader(bases: Bases): SourceReader<FactBatch> {
  return tableReader({
    kind: 'google_sheets',
    name: 'Google Sheets',
    settingsFields: [
      {
        name: 'spreadsheet',
        label: 'Address of the spreadsheet',
        placeholder: 'https://docs.google.com/spreadsheets/d/…',
        hint: 'The first row names the columns.',
      },
      { name: 'sheet', label: 'Sheet', hint: 'Empty: the first one.', placeholder: 'Orders', optional: true },
    ],
    fault(settings) {
      if (spreadsheetId(String(settings.spreadsheet ?? ''))) return null
      return {
        path: 'spreadsheet',
        message: 'Paste the address of the spreadsheet, as it stands in the browser.',
      }
    },
    async read(_request, context) {
      const waitMs = await context.take(1)
      if (waitMs > 0) return { ok: true, value: { raw: null, records: 0, state: null, done: false, waitMs } }
      const id = spreadsheetId(String(context.settings.spreadsheet ?? '')) ?? ''
      // one row more than is taken, so that a longer sheet is noticed
      const name = String(context.settings.sheet ?? '').trim()
      const cells = `A1:ZZ${MOST_TABLE_ROWS + 2}`
      const range = encodeURIComponent(name ? `'${name.replaceAll("'", "''")}'!${cells}` : cells)
      // serial day numbers would need the sheet's own epoch: dates come as they are shown, numbers as they are
      const query =
        'valueRenderOption=UNFORMATTED_VALUE&dateTimeRenderOption=FORMATTED_STRING&majorDimension=ROWS'
      const answer = await askVendor(
        {
          vendor: 'Google Sheets',
          url: `${bases.of('GOOGLE_SHEETS_API_BASE')}/v4/spreadsheets/${id}/values/${range}?${query}`,
          headers: bearer(context.credentials),
          rules: { ...bases.rulesFor('GOOGLE_SHEETS_API_BASE'), maxBytes: MAX_BYTES },
          explain: (status) =>
            status === 404
              ? {
                  kind: 'invalid',
                  slug: 'sheet-not-found',
                  detail:
                    'Google does not find this spreadsheet, or we may not see it. Open it with the account that is connected, and choose it again.',
                }
              : null,
        },
        valuesAnswer,
      )
      return answer.ok ? pageOfTable(tableOf(answer.value.values.map((row) => row.map(String)))) : answer
    },
  })
}
