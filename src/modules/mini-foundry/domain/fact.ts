/** What every fact has, whatever it is about. */
export interface Fact {
  /** The source's own id of this thing. */
  extId: string
  /** Milliseconds: an older version never overwrites a newer one. */
  srcUpdatedAt: number
  /** ISO instant of removal at the source; a later version without it brings the fact back. */
  deletedAt?: string | null
}
