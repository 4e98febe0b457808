/** A small file of each kind, to download, look at and fill in. */
import type { ImportKind } from '../domain/import/types.ts'

const SAMPLES: Record<ImportKind, string[]> = {
  orders: [
    'Order ID,Date,Customer ID,Customer Name,Customer Email,Product,SKU,Category,Quantity,Unit Price,Discount,Line Total,Country,Channel,Status',
    '1001,2026-01-15,C-17,Ann Lee,ann@example.com,Oak tray,TR-01,Kitchen,2,24.50,0,49.00,United States,Online shop,paid',
    '1001,2026-01-15,C-17,Ann Lee,ann@example.com,Linen towel,TW-04,Kitchen,1,12.00,0.1,10.80,United States,Online shop,paid',
    '1002,2026-01-16,C-21,Ben Ortiz,ben@example.com,Oak tray,TR-01,Kitchen,-1,24.50,0,-24.50,Canada,Store,refunded',
  ],
  customers: [
    'Customer ID,Name,Email,Country,Region,City,Customer Since',
    'C-17,Ann Lee,ann@example.com,United States,Oregon,Portland,2025-03-02',
    'C-21,Ben Ortiz,ben@example.com,Canada,Ontario,Ottawa,2025-06-19',
  ],
  products: [
    'SKU,Name,Category,Price,Cost,Currency,Stock,Location',
    'TR-01,Oak tray,Kitchen,24.50,11.20,USD,38,Main',
    'TW-04,Linen towel,Kitchen,12.00,4.10,USD,120,Main',
  ],
  invoices: [
    'Invoice Number,Customer Name,Customer Email,Total,Paid,Currency,Invoice Date,Due Date,Status',
    'INV-201,Harbour Cafe,office@example.com,480.00,480.00,USD,2026-01-05,2026-02-04,paid',
    'INV-202,Pine Hotel,desk@example.com,1250.00,0.00,USD,2026-01-20,2026-02-19,open',
  ],
  contacts: [
    'First Name,Last Name,Email,Phone,Company,Stage,Tags',
    'Carla,Novak,carla@example.com,+1 503 555 0142,Novak Interiors,lead,trade fair',
    'Dev,Shah,dev@example.com,,Shah & Co,qualified,newsletter',
  ],
  spend: [
    'Date,Channel,Campaign,Spend,Clicks,Impressions,Currency',
    '2026-01-15,Google,Brand,42.10,120,3400,USD',
    '2026-01-15,Instagram,Spring trays,63.00,310,18200,USD',
  ],
}

export function sampleFile(kind: ImportKind): { fileName: string; text: string } {
  return { fileName: `sample-${kind}.csv`, text: `${SAMPLES[kind].join('\r\n')}\r\n` }
}
