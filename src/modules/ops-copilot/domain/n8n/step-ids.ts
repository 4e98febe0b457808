/** Ids of steps, made of the names of their nodes; each is given once. */

export class StepIds {
  private readonly taken = new Set<string>()

  get size(): number {
    return this.taken.size
  }

  /** `Send mail?` becomes `send_mail`. */
  of(name: string): string {
    const words = name
      .normalize('NFKD')
      .replace(/[^A-Za-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '')
      .toLowerCase()
    return this.free(/^[a-z]/.test(words) ? words : `step_${words}`.replace(/_$/, ''))
  }

  /** The id itself, or with the first number that is free. */
  free(wanted: string): string {
    const root = wanted.slice(0, 34).replace(/_$/, '')
    let id = root
    for (let n = 2; this.taken.has(id); n++) id = `${root}_${n}`
    this.taken.add(id)
    return id
  }
}
