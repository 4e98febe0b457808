/** Looks at every row of a file once before any lands: is it text of the guessed encoding, how much is it, how is it written. */
import type { WorkspaceSettings } from '../../../platform/actor.ts'
import { err, ok, type Result } from '../../../platform/result.ts'
import type { FilePort } from '../../../platform/services.ts'
import { emptyProfile, type Profile, profileRecords, settle } from '../domain/import/profile.ts'
import { isUtf8, type Sniffed } from '../domain/import/sniff.ts'
import type { ImportNote, ImportOptions } from '../domain/import/types.ts'
import type { ImportRow, ProfileResult } from '../store/imports.ts'
import { recordReader, sniffFile } from './imports-file.ts'

export const MAX_ROWS = 200_000

/** The error is a sentence for the person who brought the file. */
export async function profileImport(
  files: FilePort,
  row: ImportRow,
  workspace: WorkspaceSettings,
): Promise<Result<ProfileResult, string>> {
  const file = { key: row.fileKey, bytes: row.fileBytes }
  let options: ImportOptions = row.options
  let sniffed = await sniffFile(files, file, options)
  if (!sniffed)
    return err('The file has no header row with the names of its columns. Add one and import it again.')
  let profile = await lookThrough(files, row, sniffed)
  if (profile === 'not-utf-8') {
    options = { ...options, encoding: 'windows-1252' }
    sniffed = await sniffFile(files, file, options)
    profile = sniffed ? await lookThrough(files, row, sniffed) : profile
  }
  if (!sniffed || profile === 'not-utf-8')
    return err('The file is not text in an encoding that can be read. Save it as CSV UTF-8.')
  if (profile.rows > MAX_ROWS) {
    return err(`The file has more than ${MAX_ROWS.toLocaleString('en')} rows. Split it and import the parts.`)
  }
  if (profile.rows === 0) return err('There are no rows under the header of this file.')
  const settled = settle(profile, options, workspace)
  const { dateOrder, decimalMark, lineIds } = settled
  const notes = [...row.notes, ...settled.notes, ...lineIdNote(row, lineIds)]
  return ok({
    rows: profile.rows,
    options: {
      ...options,
      encoding: sniffed.encoding,
      delimiter: sniffed.delimiter,
      newline: sniffed.newline,
      dateOrder,
      decimalMark,
      lineIds,
    },
    notes,
    dataByte: sniffed.dataByte,
    dataLine: sniffed.dataLine,
  })
}

async function lookThrough(
  files: FilePort,
  row: ImportRow,
  sniffed: Sniffed,
): Promise<Profile | 'not-utf-8'> {
  const reader = recordReader(files, { key: row.fileKey, bytes: row.fileBytes }, sniffed)
  const plan = { kind: row.kind, columns: sniffed.columns, mapping: row.mapping }
  const profile = emptyProfile()
  for (
    let byte = sniffed.dataByte, line = sniffed.dataLine;
    byte < row.fileBytes && profile.rows <= MAX_ROWS;
  ) {
    const taken = await reader.take(byte, line, 10_000)
    if (sniffed.encoding === 'utf-8') {
      const bytes = await reader.window(byte)
      if (!isUtf8(bytes.subarray(0, taken.bytes), true)) return 'not-utf-8'
    }
    if (taken.bytes === 0) throw new Error(`import ${row.id} does not move on at byte ${byte}`)
    profileRecords(profile, taken.records, plan)
    if (taken.unclosed) profile.rows += 1
    byte += taken.bytes
    line += taken.lines
  }
  return profile
}

/** Said only when a column was meant to tell lines apart and does not. */
function lineIdNote(row: ImportRow, lineIds: boolean): ImportNote[] {
  const column = Object.keys(row.mapping).find((name) => row.mapping[name] === 'line_id')
  if (!column || lineIds) return []
  const text = `"${column}" repeats within orders, so the lines of an order are numbered in the order of the file.`
  return [{ level: 'info', text }]
}
