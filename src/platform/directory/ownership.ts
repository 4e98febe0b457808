/** Offers of ownership: at most one per workspace, taken in one transaction or not at all. */

export interface OwnershipOffer {
  id: string
  tenantId: string
  fromPerson: string
  fromName: string
  fromEmail: string
  toPerson: string
  toName: string
  toEmail: string
  createdAt: string
  /** Milliseconds. */
  expiresAt: number
}

export function ownershipDirectory(d1: D1Database) {
  return {
    /** The offer that stands at `nowMs`, or null. */
    ownershipOffer: (tenantId: string, nowMs: number) =>
      d1
        .prepare(
          `SELECT o.id, o.tenant_id AS tenantId, o.from_person AS fromPerson, f.name AS fromName, f.email AS fromEmail,
             o.to_person AS toPerson, t.name AS toName, t.email AS toEmail, o.created_at AS createdAt, o.expires_at AS expiresAt
           FROM ownership_offers o JOIN people f ON f.id = o.from_person JOIN people t ON t.id = o.to_person
           WHERE o.tenant_id = ?1 AND o.expires_at > ?2`,
        )
        .bind(tenantId, nowMs)
        .first<OwnershipOffer>(),

    /** A newer offer takes the place of the one before. */
    offerStatement: (offer: {
      id: string
      tenantId: string
      fromPerson: string
      toPerson: string
      at: string
      expiresAt: number
    }) =>
      d1
        .prepare(
          `INSERT OR REPLACE INTO ownership_offers (tenant_id, id, from_person, to_person, created_at, expires_at)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6)`,
        )
        .bind(offer.tenantId, offer.id, offer.fromPerson, offer.toPerson, offer.at, offer.expiresAt),

    dropOfferStatement: (tenantId: string, id: string) =>
      d1.prepare('DELETE FROM ownership_offers WHERE tenant_id = ?1 AND id = ?2').bind(tenantId, id),

    /** Spends the offer, makes the one owner and the other admin; each step only when the one before took place. */
    takeOfferStatements: (offer: OwnershipOffer, nowMs: number) => [
      d1
        .prepare(
          `DELETE FROM ownership_offers WHERE tenant_id = ?1 AND id = ?2 AND expires_at > ?3
             AND EXISTS (SELECT 1 FROM memberships WHERE tenant_id = ?1 AND person_id = from_person AND role = 'owner')
             AND EXISTS (SELECT 1 FROM memberships WHERE tenant_id = ?1 AND person_id = to_person)`,
        )
        .bind(offer.tenantId, offer.id, nowMs),
      d1
        .prepare(
          `UPDATE memberships SET role = 'owner' WHERE tenant_id = ?1 AND person_id = ?2 AND changes() > 0`,
        )
        .bind(offer.tenantId, offer.toPerson),
      d1
        .prepare(
          `UPDATE memberships SET role = 'admin' WHERE tenant_id = ?1 AND person_id = ?2 AND changes() > 0`,
        )
        .bind(offer.tenantId, offer.fromPerson),
    ],
  }
}
