/**
 * What columns are called in the files of shops, tills, ledgers and spreadsheets: for each field its names, the surest
 * first, written without marks, spaces or capitals. English first, then German, French, Spanish, Italian, Dutch, Polish,
 * Portuguese.
 */
import type { ImportKind } from './types.ts'

const words = (list: string): string[] => list.trim().split(/\s+/)

const country = words(
  'country countryname countrycode countryregion shippingcountry billingcountry shipcountry customercountry land pays pais paese kraj',
)
const region = words(
  'region state province stateprovince shippingprovince shippingstate billingstate billingprovince shipstate shippingprovincename customerstate territory bundesland provincia regione regio wojewodztwo estado departement',
)
const city = words(
  'city town shippingcity billingcity shipcity customercity stadt ort ville ciudad citta stad plaats miasto cidade',
)
const currency = words(
  'currency currencycode ordercurrency presentmentcurrency waehrung wahrung devise moneda valuta waluta moeda',
)
const customerId = words(
  'customerid customerno customernumber customercode custid clientid userid buyerid memberid customeruniqueid customeridentifier accountid kundennummer kundennr kundenid idclient numeroclient idcliente codicecliente klantnummer klantid numerklienta idklienta clienteid customer',
)
const customerName = words(
  'customername customer clientname client buyername buyer billingname billingfullname billto contactname accountname shippingname kunde kundenname nomduclient nomclient nombredelcliente nombrecliente cliente nomecliente klantnaam klant klient nazwaklienta nomedocliente',
)
const customerEmail = words(
  'customeremail email emailaddress billingemail buyeremail contactemail customeremailaddress kundenemail courriel correo correoelectronico posta emailklienta mail',
)
const sku = words(
  'sku lineitemsku productsku itemsku stockcode productid productcode itemcode itemid itemnumber articlenumber articleno variantsku asin barcode ean upc artikelnummer artikelnr refarticle referencia codigo codice codicearticolo kodproduktu indeks idproduit idproducto',
)
const productName = words(
  'productname lineitemname itemname product item description productdescription itemdescription producttitle title articlename articledescription style artikel artikelname artikelbezeichnung bezeichnung produkt produktname produit nomduproduit article libelle producto nombredelproducto articulo prodotto nomeprodotto descrizione omschrijving nazwaproduktu towar nazwatowaru produto',
)
const category = words(
  'category productcategory categoryname productline producttype department family itemcategory subcategory kategorie warengruppe categorie categoria rubrique categoriaproducto kategoria',
)
const firstName = words('firstname givenname forename vorname prenom nombre nome voornaam imie')
const lastName = words(
  'lastname surname familyname nachname nomdefamille apellido apellidos cognome achternaam nazwisko sobrenome',
)
const created = words(
  'created createdat createddate dateadded customersince registered registeredat registrationdate signupdate joindate joined adddate erstellt erstelltam datedecreation fechadealta datacreazione aangemaakt datautworzenia',
)

export const SYNONYMS: Record<ImportKind, Record<string, string[]>> = {
  orders: {
    order_id: words(
      'orderid ordernumber orderno order orderref orderreference ordername salesorder salesordernumber salesorderid salesid invoiceno invoicenumber invoiceid invoice receiptnumber receiptid receipt receiptno transactionid transactionno transactionnumber transaction paymentid chargeid saleid ticketnumber billno billnumber documentnumber name bestellnummer bestellnr bestellung auftragsnummer auftragsnr rechnungsnummer belegnummer numerodecommande commande ncommande nocommande numerocommande idcommande numerodepedido pedido idpedido ndepedido numerodordine ordine idordine bestelnummer ordernummer numerzamowienia zamowienie nrzamowienia idzamowienia numeropedido id',
    ),
    line_id: words(
      'lineid lineitemid orderlineid orderitemid orderlinenumber linenumber lineno rowid itemsequence orderline position positionsnummer positionsnr ligne linea riga regel pozycja',
    ),
    date: words(
      'orderdate date orderedat ordered orderpurchasetimestamp purchasedate purchasetimestamp saledate salesdate invoicedate transactiondate datetime createdat createdatutc createdutc created createddate ordercreated dateofsale processedat paidat timestamp orderdatetime day bestelldatum datum auftragsdatum rechnungsdatum verkaufsdatum datedecommande datecommande datedelacommande fecha fechadepedido fechapedido datadordine dataordine data besteldatum orderdatum datazamowienia datasprzedazy dataopedido datadopedido',
    ),
    customer_id: customerId.filter((name) => name !== 'customer'),
    customer_name: customerName,
    customer_email: customerEmail,
    product_name: productName,
    sku,
    category,
    quantity: words(
      'quantity qty lineitemquantity itemquantity quantityordered orderquantity orderqty qtyordered unitssold units itemqty itemcount numberofitems count pieces amountordered menge anzahl stueck stuck quantite qte cantidad quantita aantal ilosc quantidade',
    ),
    unit_price: words(
      'unitprice lineitemprice priceperunit priceeach itemprice itemcost unitcost price productprice sellingprice saleprice salesprice retailprice listprice unitamount rate einzelpreis stueckpreis stuckpreis preis prixunitaire prix preciounitario precio prezzounitario prezzo stukprijs prijs cenajednostkowa cena precounitario preco',
    ).filter((name) => name !== 'unitcost'),
    discount: words(
      'discount lineitemdiscount discountpercent discountpercentage discountrate discountamount discountapplied itemdiscount linediscount totaldiscount rabatt nachlass remise reduction descuento sconto korting rabat desconto',
    ),
    line_total: words(
      'linetotal sales lineamount lineitemtotal itemtotal itemsubtotal linesubtotal subtotal netamount netsales amount totalamount revenue salesamount saleamount ordertotal totalprice total totalsales totalspent netprice netvalue grosssales orderamount ordervalue totalrevenue totalvalue grossamount value paymentvalue paid turnover umsatz betrag gesamt gesamtbetrag gesamtpreis summe nettobetrag zeilensumme montant montanttotal totalligne totalht ventes importe importetotal ventas ingresos totale importo ricavi vendite bedrag totaal omzet totaalbedrag kwota wartosc wartoscnetto suma razem sprzedaz valor valortotal receita vendas',
    ),
    tax: words(
      'tax taxes taxamount vat vatamount salestax totaltax itemtax mwst ust steuer tva iva btw podatek imposto',
    ),
    cost: words(
      'cost cogs costofgoods costofgoodssold costofsales totalcost productcost costprice unitcost costperitem einkaufspreis kosten wareneinsatz cout coutdachat coste costo kostprijs koszt custo',
    ),
    profit: words(
      'profit grossprofit netprofit margin grossmargin grossincome profitamount totalprofit gewinn marge benefice beneficio ganancia utile profitto winst zysk marza lucro',
    ),
    currency,
    country,
    region,
    city,
    channel: words(
      'channel saleschannel source ordersource sourcename platform marketplace store shop storename branch outlet location pointofsale verkaufskanal vertriebskanal kanal filiale canal canaldevente canaldeventa tienda canale negozio kanaal winkel kanalsprzedazy sklep',
    ),
    status: words(
      'status orderstatus financialstatus paymentstatus state fulfillmentstatus transactionstatus orderstate bestellstatus statut estado stato statuszamowienia',
    ).filter((name) => name !== 'state'),
  },
  customers: {
    customer_id: [...customerId, 'id', 'number', 'numer', 'nummer'],
    name: [
      ...customerName,
      'name',
      'fullname',
      'displayname',
      'company',
      'companyname',
      'firma',
      'nom',
      'naam',
      'nazwa',
    ],
    first_name: firstName,
    last_name: lastName,
    email: customerEmail,
    country: [...country, 'defaultaddresscountrycode', 'addresscountry'],
    region: [...region, 'defaultaddressprovincecode', 'addressstate'],
    city: [...city, 'defaultaddresscity', 'addresscity'],
    created,
  },
  products: {
    sku: [...sku, 'id', 'handle', 'code', 'kod', 'number'],
    name: ['name', ...productName, 'nazwa', 'nom', 'naam'],
    category: [...category, 'type'],
    unit_price: words(
      'price unitprice variantprice sellingprice saleprice retailprice listprice regularprice preis verkaufspreis prix prixdevente precio precioventa prezzo prijs verkoopprijs cena preco',
    ),
    unit_cost: words(
      'cost unitcost costperitem costprice cogs purchaseprice buyingprice einkaufspreis cout prixdachat coste preciocompra costo inkoopprijs koszt cenazakupu custo',
    ),
    currency,
    on_hand: words(
      'onhand stock stocklevel instock inventory quantity qty quantityonhand variantinventoryqty inventoryquantity available stockquantity unitsinstock bestand lagerbestand menge stockdisponible existencias giacenza voorraad stan stanmagazynowy ilosc estoque',
    ),
    location: words(
      'location warehouse store stocklocation lager lagerort entrepot almacen magazzino magazijn magazyn',
    ),
  },
  invoices: {
    number: words(
      'invoicenumber invoiceno invoiceid invoice number docnumber documentnumber no num id rechnungsnummer rechnungsnr belegnummer numerodefacture facture numfacture numerodefactura factura numerofattura fattura factuurnummer numerfaktury faktura nrfaktury numerodafatura',
    ),
    customer_id: customerId.filter((name) => name !== 'customer'),
    customer_name: [...customerName, 'name'],
    customer_email: customerEmail,
    status: words('status invoicestatus paymentstatus state statut estado stato'),
    total: words(
      'total invoicetotal totalamount amount invoiceamount grandtotal amountdue gross grossamount value betrag gesamtbetrag rechnungsbetrag brutto montant montantttc totalttc importe importo totale bedrag totaal kwota kwotabrutto wartoscbrutto valor',
    ),
    paid: words(
      'paid amountpaid paidamount paymentreceived payments bezahlt gezahlt paye montantpaye pagado pagato betaald zaplacono pago',
    ),
    balance: words(
      'balance balancedue openbalance outstanding amountremaining remaining open offen offenerbetrag solde restedu saldo pendiente openstaand dozaplaty',
    ),
    currency,
    issued: words(
      'issued invoicedate issuedate dateissued date issuedat txndate transactiondate created rechnungsdatum datum datedefacturation datefacture fechadefactura fecha datafattura data factuurdatum datawystawienia datafaktury datadeemissao',
    ),
    due: words(
      'due duedate dateduedate paymentdue dueon faelligkeit faelligkeitsdatum falligkeit falligam faelligam zahlbarbis echeance datedecheance vencimiento fechadevencimiento scadenza datascadenza vervaldatum terminplatnosci vencimento',
    ),
    paid_date: words(
      'paiddate datepaid paidat paidon paymentdate bezahltam datedepaiement fechadepago datapagamento betaaldop datazaplaty',
    ),
  },
  contacts: {
    contact_id: words('contactid id leadid recordid personid contactnumber kontaktid'),
    name: words(
      'name fullname contactname contact leadname displayname person kontakt nom nombrecompleto nomecompleto naam nazwa',
    ),
    first_name: firstName,
    last_name: lastName,
    email: [...customerEmail, 'email1', 'primaryemail', 'email1value'],
    phone: words(
      'phone phonenumber mobile mobilephone telephone tel cell phone1value telefon telefonnummer handy telephoneportable telefono movil cellulare telefoon telefonkomorkowy telefone',
    ),
    company: words(
      'company companyname organization organisation account accountname employer business firma unternehmen entreprise societe empresa azienda bedrijf',
    ),
    stage: words('stage lifecyclestage leadstatus status pipelinestage phase statut etapa fase etap'),
    tags: words(
      'tags tag labels groups groupmembership segment lists etiketten etiquettes etiquetas etichette tagi',
    ),
    created,
  },
  spend: {
    date: words(
      'date day reportingstarts reportdate startdate week datum tag jour fecha dia data giorno dag dzien',
    ),
    channel: words(
      'channel platform source network adnetwork medium sourcemedium publisher kanal plattform canal plateforme canale kanaal platforma',
    ),
    campaign: words(
      'campaign campaignname adcampaign adgroup adset utmcampaign kampagne campagne campana campagna kampania campanha',
    ),
    spend: words(
      'spend amountspent cost adspend adcost amount totalspend totalcost amountspentusd amountspenteur amountspentgbp spent ausgaben kosten ausgegebenerbetrag depenses montantdepense cout gasto importegastado coste spesa importospeso costo uitgaven bestedbedrag wydatki wydanakwota koszt',
    ),
    clicks: words('clicks linkclicks clickscount klicks clics clic click klikken kliki cliques'),
    impressions: words(
      'impressions impr views impressionen impresiones impressioni weergaven wyswietlenia impressoes',
    ),
    currency,
  },
}

/** A word in a column's name that says it is about something else ("Ship Date" is not the order's date). */
export const MISLEADING: Record<string, RegExp> = {
  date: /ship|deliver|due|estimat|limit|birth|expir|updated|modified|cancel|fulfil|return|approv|carrier|review|liefer|livraison|entrega|consegna/,
  issued: /due|paid|ship|updated/,
  order_id:
    /item|line|product|customer|date|total|status|row|qty|quantity|amount|priority|source|channel|value|created|time/,
  customer_id: /name|note|email|type|segment|age|since|phone|city|state|country|zip|postal|group|rating/,
  customer_name:
    /id$|note|email|type|segment|age|since|phone|city|state|country|zip|group|rating|gender|company|number|count|first|last/,
  customer_email: /marketing|accept|subscrib|consent/,
  product_name:
    /id$|code|price|cost|category|type|line$|qty|quantity|weight|discount|base|margin|volume|size|brand|number|count/,
  category: /id$|code|sub/,
  sku: /price|name|qty|count|description|photos|weight/,
  quantity: /return|refund|cancel|stock|back/,
  unit_price: /total|compare|shipping|tax|discount|cost/,
  line_total:
    /tax|ship|freight|discount|refund|fee|tip|duty|cost|profit|count|quantity|qty|items|rating|target|sales?rep|salesperson|salesman|channel|tag|date|orders|id$/,
  cost: /ship|delivery|freight|customer/,
  region: /statement|status/,
  profit: /percent|pct|ratio|rate|%/,
  discount: /code|name|type|id$/,
  tax: /rate|percent|name|incl|id$/,
  status: /marital|customer|member/,
  channel: /id$|manager|mode/,
  total: /paid|tax|due date|discount/,
  spend: /per|cpc|cpm|cpa|click|conversion/,
  clicks: /rate|ctr|cost|per/,
  impressions: /share|cost|per/,
}
