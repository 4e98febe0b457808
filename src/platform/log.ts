/** Structured logs: one JSON object a line. Never a secret, a token, an e-mail body or a whole row. */

export type LogFields = Record<string, string | number | boolean | null | undefined>

export interface Log {
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}

const write = (level: 'info' | 'warn' | 'error', event: string, fields: LogFields): void => {
  console[level](JSON.stringify({ level, event, ...fields }))
}

export function createLog(context: LogFields = {}): Log {
  return {
    info: (event, fields) => write('info', event, { ...context, ...fields }),
    warn: (event, fields) => write('warn', event, { ...context, ...fields }),
    error: (event, fields) => write('error', event, { ...context, ...fields }),
  }
}

/** The message of anything thrown, for a log line. */
export const errorText = (error: unknown): string => (error instanceof Error ? error.message : String(error))
