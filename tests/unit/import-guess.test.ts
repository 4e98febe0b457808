import { describe, expect, it } from 'vitest'
import { missingFields } from '../../src/modules/mini-foundry/domain/import/fields.ts'
import { guessMapping, toMapping } from '../../src/modules/mini-foundry/domain/import/guess.ts'
import type { ImportKind } from '../../src/modules/mini-foundry/domain/import/types.ts'

const guess = (kind: ImportKind, header: string, row: string) =>
  toMapping(guessMapping(kind, header.split('|'), [row.split('|')]))

/** Headers of files people really have, each with a row. */
const FILES: [string, ImportKind, string, string, Record<string, string>][] = [
  [
    'Superstore',
    'orders',
    'Row ID|Order ID|Order Date|Ship Date|Ship Mode|Customer ID|Customer Name|Segment|Country|City|State|Postal Code|Region|Product ID|Category|Sub-Category|Product Name|Sales|Quantity|Discount|Profit',
    '1|CA-1|2016-11-08|2016-11-11|Second Class|CG-1|Claire Gute|Consumer|United States|Henderson|Kentucky|42420|South|FUR-1|Furniture|Bookcases|Bookcase|261.96|2|0|41.91',
    {
      'Row ID': 'line_id',
      'Order ID': 'order_id',
      'Order Date': 'date',
      'Customer ID': 'customer_id',
      'Customer Name': 'customer_name',
      Country: 'country',
      City: 'city',
      Region: 'region',
      'Product ID': 'sku',
      Category: 'category',
      'Product Name': 'product_name',
      Sales: 'line_total',
      Quantity: 'quantity',
      Discount: 'discount',
      Profit: 'profit',
    },
  ],
  [
    'UCI Online Retail',
    'orders',
    'InvoiceNo|StockCode|Description|Quantity|InvoiceDate|UnitPrice|CustomerID|Country',
    '536365|85123A|WHITE HANGING HEART|6|12/1/2010 8:26|2.55|17850|United Kingdom',
    {
      InvoiceNo: 'order_id',
      StockCode: 'sku',
      Description: 'product_name',
      Quantity: 'quantity',
      InvoiceDate: 'date',
      UnitPrice: 'unit_price',
      CustomerID: 'customer_id',
      Country: 'country',
    },
  ],
  [
    'UCI Online Retail II',
    'orders',
    'Invoice|StockCode|Description|Quantity|InvoiceDate|Price|Customer ID|Country',
    '536365|85123A|WHITE HANGING HEART|6|2010-12-01 08:26:00|2.55|17850.0|United Kingdom',
    { Invoice: 'order_id', InvoiceDate: 'date', Price: 'unit_price', 'Customer ID': 'customer_id' },
  ],
  [
    'Shopify orders',
    'orders',
    'Name|Email|Financial Status|Paid at|Currency|Subtotal|Shipping|Taxes|Total|Discount Amount|Created at|Lineitem quantity|Lineitem name|Lineitem price|Lineitem sku|Shipping City|Shipping Country|Lineitem discount',
    '#1001|a@b.co|paid|2020-01-01 10:00:00 -0500|USD|10.00|5.00|1.00|16.00|0.00|2020-01-01 09:59:00 -0500|1|Shirt|10.00|SH1|New York|US|0.00',
    {
      Name: 'order_id',
      Email: 'customer_email',
      'Financial Status': 'status',
      'Created at': 'date',
      'Lineitem quantity': 'quantity',
      'Lineitem name': 'product_name',
      'Lineitem price': 'unit_price',
      'Lineitem sku': 'sku',
      'Lineitem discount': 'discount',
    },
  ],
  [
    'WooCommerce orders',
    'orders',
    'Order Number|Order Status|Order Date|Email (Billing)|Order Total Amount|SKU|Item Name|Quantity (- Refund)|Item Cost|Discount Amount',
    '101|Completed|2020-01-01 10:00|a@b.co|15|S1|Shirt|1|10|2',
    {
      'Order Number': 'order_id',
      'Item Cost': 'unit_price',
      'Quantity (- Refund)': 'quantity',
      'Order Status': 'status',
    },
  ],
  [
    'Stripe payments',
    'orders',
    'id|Description|Created (UTC)|Amount|Amount Refunded|Currency|Fee|Status|Customer ID|Customer Email',
    'ch_1|Order 1|2020-01-01 10:00|10.00|0.00|usd|0.59|Paid|cus_1|a@b.co',
    { id: 'order_id', 'Created (UTC)': 'date', Amount: 'line_total', Currency: 'currency', Status: 'status' },
  ],
  [
    'Square items',
    'orders',
    'Date|Time|Category|Item|Qty|SKU|Gross Sales|Discounts|Net Sales|Tax|Transaction ID|Location|Customer Name',
    '2020-01-02|10:00:00|Coffee|Latte|1|L1|$4.00|$0.00|$4.00|$0.32|abc|Main St|Ann',
    {
      Date: 'date',
      Item: 'product_name',
      Qty: 'quantity',
      'Net Sales': 'line_total',
      'Transaction ID': 'order_id',
    },
  ],
  [
    'a retail set of Kaggle',
    'orders',
    'Transaction ID|Date|Customer ID|Gender|Age|Product Category|Quantity|Price per Unit|Total Amount',
    '1|2023-11-24|CUST001|Male|34|Beauty|3|50|150',
    {
      'Transaction ID': 'order_id',
      'Product Category': 'category',
      'Price per Unit': 'unit_price',
      'Total Amount': 'line_total',
    },
  ],
  [
    'names run together in capitals',
    'orders',
    'ORDERNUMBER|QUANTITYORDERED|PRICEEACH|ORDERLINENUMBER|SALES|ORDERDATE|STATUS|PRODUCTLINE|PRODUCTCODE|CUSTOMERNAME',
    '10107|30|95.7|2|2871|2/24/2003 0:00|Shipped|Motorcycles|S10_1678|Land of Toys',
    {
      ORDERNUMBER: 'order_id',
      QUANTITYORDERED: 'quantity',
      PRICEEACH: 'unit_price',
      ORDERLINENUMBER: 'line_id',
      SALES: 'line_total',
      ORDERDATE: 'date',
    },
  ],
  [
    'German',
    'orders',
    'Bestellnummer|Bestelldatum|Kundennummer|Kunde|Artikelbezeichnung|Menge|Einzelpreis|Gesamtpreis|Währung',
    '1|01.02.2020|K1|Müller|Tasse|2|4,50|9,00|EUR',
    {
      Bestellnummer: 'order_id',
      Menge: 'quantity',
      Einzelpreis: 'unit_price',
      Gesamtpreis: 'line_total',
      Währung: 'currency',
    },
  ],
  [
    'French',
    'orders',
    'N° commande|Date de commande|Client|Produit|Quantité|Prix unitaire|Montant total|Pays',
    '1|01/02/2020|Dupont|Tasse|2|4,50|9,00|France',
    {
      'N° commande': 'order_id',
      'Date de commande': 'date',
      Client: 'customer_name',
      'Montant total': 'line_total',
    },
  ],
  [
    'Polish',
    'orders',
    'Numer zamówienia|Data zamówienia|Klient|Nazwa produktu|Ilość|Cena jednostkowa|Wartość|Waluta|Kraj',
    '1|01.02.2020|Kowalski|Kubek|2|4,50|9,00|PLN|PL',
    { 'Numer zamówienia': 'order_id', 'Data zamówienia': 'date', Ilość: 'quantity', Wartość: 'line_total' },
  ],
  [
    'Spanish',
    'orders',
    'Número de pedido|Fecha|Cliente|Producto|Cantidad|Precio|Importe|Ciudad',
    '1|01/02/2020|Ana|Taza|2|4,50|9,00|Madrid',
    {
      'Número de pedido': 'order_id',
      Fecha: 'date',
      Cantidad: 'quantity',
      Importe: 'line_total',
      Ciudad: 'city',
    },
  ],
  [
    'QuickBooks invoices',
    'invoices',
    'Date|Transaction Type|Num|Name|Due Date|Amount|Open Balance|Status',
    '01/02/2020|Invoice|1001|Ann Co|02/02/2020|100.00|0.00|Paid',
    {
      Date: 'issued',
      Num: 'number',
      Name: 'customer_name',
      'Due Date': 'due',
      Amount: 'total',
      'Open Balance': 'balance',
    },
  ],
  [
    'Meta ads',
    'spend',
    'Campaign name|Day|Impressions|Link clicks|Amount spent (USD)',
    'Summer|2020-01-01|1000|20|12.5',
    { 'Campaign name': 'campaign', Day: 'date', 'Link clicks': 'clicks', 'Amount spent (USD)': 'spend' },
  ],
]

describe('the guess of columns', () => {
  it.each(FILES)('understands %s', (_name, kind, header, row, expected) => {
    const mapping = guess(kind, header, row)
    expect(mapping).toMatchObject(expected)
    expect(missingFields(kind, Object.values(mapping))).toEqual([])
  })

  it('leaves alone what would be taken for something else', () => {
    const shopify = guess('orders', FILES[3]?.[2] ?? '', FILES[3]?.[3] ?? '')
    expect(shopify.Total).toBeUndefined()
    expect(shopify['Discount Amount']).toBeUndefined()
    expect(guess('orders', FILES[4]?.[2] ?? '', FILES[4]?.[3] ?? '')['Order Total Amount']).toBeUndefined()
    const olist = guess(
      'orders',
      'order_id|order_status|order_purchase_timestamp|order_delivered_customer_date',
      '1|delivered|2017-10-02 10:56:33|2017-10-10 21:25:13',
    )
    expect(olist.order_purchase_timestamp).toBe('date')
    expect(
      missingFields('orders', Object.values(olist))
        .flat()
        .map((field) => field.name),
    ).toEqual(['unit_price', 'line_total'])
    expect(guess('orders', 'Store|Date|Sales|Customers', '1|2015-07-31|5263|555').Customers).toBeUndefined()
  })

  it('goes by what stands in a column, not by its name alone', () => {
    expect(guess('orders', 'Date|Total|Sold on', 'n/a|12.50|2020-01-15')).toEqual({
      Total: 'line_total',
      'Sold on': 'date',
    })
    expect(guess('orders', 'Order Date|Amount', '2020-01-15|twelve').Amount).toBeUndefined()
  })
})

describe('a column of currency codes', () => {
  const rows = (values: string[]) => values.map((value) => ['2026-01-05', '10', value])
  const found = (name: string, values: string[]) =>
    guessMapping('orders', ['Date', 'Total', name], rows(values)).find(({ column }) => column === name)

  it('is known by what stands in it, whatever it is called, and a person is asked to look', () => {
    expect(found('Munt', ['USD', 'XYZ', 'EUR'])).toEqual({
      column: 'Munt',
      field: 'currency',
      confidence: 0.5,
    })
  })

  it('is not every column of three letters', () => {
    expect(found('Kleur', ['RED', 'TAN', 'SKY'])).toBeUndefined()
    expect(found('Munt', ['USD', 'a long remark', 'another'])).toBeUndefined()
  })
})
