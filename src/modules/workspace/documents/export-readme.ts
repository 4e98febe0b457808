/** The page that lies on top of an export: what is in it and how to read it. */
export function exportReadme(workspace: string, day: string, tables: readonly { table: string }[]): string {
  return `${workspace}: everything this workspace holds, taken out on ${day}.

workspace.json   the workspace and its settings
json/            one file a table, an array of rows
csv/             the same rows for spreadsheets (RFC 4180, UTF-8, first line names the columns)
files/           what was uploaded, received or kept, by area

How to read the values
- Amounts, unit prices and quantities of business tables are integers of 1/10,000: 123400 is 12.34.
- Instants are ISO 8601 in UTC, or milliseconds since 1970 where the column holds a number.
- Days are in the workspace's time zone.
- In the CSV a text that begins with = + - @ has an apostrophe before it, so that no spreadsheet runs it as a formula. The
  JSON has it as it is.
- Passwords, keys, sealed credentials and digests of secrets are left out.

Tables
${tables.map(({ table }) => `- ${table}`).join('\n')}
`
}
