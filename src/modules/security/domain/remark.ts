/** A remark of a parser on a published record, for people who mend it. */
export interface Remark {
  /** Stable word, e.g. `policy-missing`. */
  code: string
  message: string
}

/** Collects what is wrong and what is unwise while a record is read. */
export class Remarks {
  readonly errors: Remark[] = []
  readonly warnings: Remark[] = []

  error(code: string, message: string): void {
    this.errors.push({ code, message })
  }

  warn(code: string, message: string): void {
    this.warnings.push({ code, message })
  }
}
