/** When enough people have spoken. */

export interface Vote {
  personId: string
  verdict: 'approved' | 'rejected'
}

/** Approved when `needed` of those asked agree; one who refuses is enough to reject. Null: it waits for more. */
export function outcomeOf(votes: readonly Vote[], needed: number): 'approved' | 'rejected' | null {
  if (votes.some(({ verdict }) => verdict === 'rejected')) return 'rejected'
  return votes.length >= needed ? 'approved' : null
}
