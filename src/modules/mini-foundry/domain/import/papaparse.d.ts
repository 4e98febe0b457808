/** The part of papaparse that is used here; the package brings no types. */
declare module 'papaparse' {
  interface ParserSettings {
    delimiter: string
    newline: string
    /** Stop after so many records; 0 is no limit. */
    preview: number
    fastMode: boolean
    quoteChar: string
    escapeChar: string
  }
  interface Parsed {
    data: string[][]
    errors: { code: string; row?: number }[]
    /** `cursor`: characters used up by whole records. */
    meta: { cursor: number; truncated: boolean }
  }
  class Parser {
    constructor(settings: ParserSettings)
    parse(input: string, baseIndex: number, ignoreLastRow: boolean): Parsed
  }
  const Papa: {
    Parser: typeof Parser
    parse(input: string, settings: Partial<ParserSettings>): Parsed
    unparse(rows: { fields: string[]; data: string[][] } | string[][], settings?: object): string
  }
  export default Papa
}
