/** Codes of carriers that Amazon knows, as it publishes them (one is damaged there). */
const codes = [
  '4PX, A-1, AAA Cooper, ABF, Amazon Shipping, AMZL, AMZL_UK, AO, APC, APC Overnight, Aramex, Arrow XL, Asendia, AT Post',
  'Australia Post, Bartolini, Best Express, BlueDart, BPOST, BRT, Canada Post, Caribou, CEVA, China Post, Chrono Express',
  'Chronopost, City Link, CNE, Colis Prive, Coliposte, Colissimo, Correios, Correos, Correos Express, Couriers Please',
  'CouriersPlease, CTT EXPRESS, CTTExpress, DACHSER, DB Schenker, Delhivery, Der Kurier, Deutsche Post, DHL, DHL eCommerce',
  'DHL Express, DHL Freight, DHL Global Mail, DHL Home Delivery, DHL-Paket, DHLPL, DPD, DPD Local, DSV, DTDC, DX, DX Express',
  'DX Freight, ECMS, Ecom Express, Emirates Post, Endopack, Envialia, Estafeta, Estes, EUB, Exapaq, Fastway, FedEx',
  'Fedex Freight, FedEx SmartPost, FEDEX_JP, First Flight, First Mile, France Express, Gati, GEL Express, GEODIS, geodis',
  'GLS, GO!, Hellmann, Heppner, Hermes, Hermes Einrichtungsservice, Hermes Logistik Gruppe, Hermes UK, Hongkong Post',
  'IDS Netzwerk, iMile, India Post, InPost, Interlink, iParcel, Japan Post, JCEX, Jersey Post, JP_EXPRESS, Kuehne Nagel',
  'Kuehne+Nagel, La Poste, Landmark, Landmark Global, Lasership, MNG Kargo, Mondial Relay, MRW, Nacex, Newgistics, Nexive',
  'Ninjavan, NipponExpress, NITTSU, Old Dominion, OnTrac, OSM, Panther, Parcelforce, Parcelnet, PIN, Pilot, Polish Post',
  'Post NL, Poste Italiane, PostNL, PostNord, PTT Kargo, PUROLATOR, R+L, Rhenus, Roadrunner, Royal Mail, ROYAL_MAIL, SAGAWA',
  'SagawaExpress, Saia, Schweizer Post, SDA, Seino, Self Delivery, Sendcloud, SENDLE, Sendle, Seur, SF Express, SFC',
  'Shunfeng Express, Singapore Post, Smartmail, Spring GDS, StarTrack-ArticleID, STO Express, Streamlite, Sunyou, Swiss post',
  'Target, TIPSA, TNT, TNTIT, Toll Global Express, Tourline, Trackon, Trans-o-Flex, Transoflex, Tuffnells, UBI, UKMail',
  'UK MAIL, UPS, UPS Freight, UPS Mail Innovations, UPSMI, USPS, Whistl, WINIT, XDP, XPO, XPO Freight, Xpressbees, YAMATO',
  'Aras Kargo, AT POST, B2C Europe, Blue Package, CBL, Chukou1, Citypost, Cubyn, Delivengo, DirectLog, Dotzot, Emons, Equick',
  'FERCAM, GFS, Horoz Lojistik, IDS, ITD Global, Mainpost, MBE, Milkman, NACEX, Overnite Express, Palletline, Palletways',
  'Parcel Monkey, PARCEL2GO.COM, Parcelhub, Pilot Freight, Post Modern, QExpress, Qxpress, Raben, Rivigo, Safexpress, Sailpost',
  'SEINO TRANSPORTATION, Sending, Seven Senders, Ship Delight, Shree Maruti Courier, Shree Tirupati Courier, Speedex, Spoton',
  'South Eastern Freight Lines, Szendex, The Professional Couriers, Total Express, Trakpak, VIR, WanbExpress, Yellow Freight',
  'YamatoTransport, Yanwen, YDH, Yodel, YTO Express, Yun Express, Yunda Express, Zeleris, ZTO Express',
  'AFL/Fedex, Professional, AUSSIE_POST, Australia Post-Consignment, Australia Post-ArticleId, ALLJOY, Arkas, Asgard',
  'Assett, ATS, Balnak, Beijing Quanfeng Express, Best Buy, BJS, Bombax, Cart2India, CDC, CELERITAS, Ceva Lojistik',
  'Cititrans, Conway, DHL Kargo, Digital Delivery, Energo, Fillo Kargo, First Flight China, Geodis Calberson',
  'Geopost Kargo, Home Logistics, HS code, Hunter Logistics, ICC Worldwide, Kargokar, Metro Kargo, Narpost Kargo',
  'OneWorldExpress, Raben Group, Rieck, Selem Kargo, Ship Global US, ShipEconomy, ShipGlobal, StarTrack-Consignment',
  'Tezel Lojistik, TNT Kargo, TransFolha, Urban Express, VNLIN, Watkins and Shepard, Whizzard, Centex, COLIS PRIVE',
  'DASCHER, Arco Spedizioni, FAST EST, Fercam, Liccardi, Zust Ambrosetti, Hermes (Corporate), AMAUK, The Delivery Group',
  'RMLGB, DX Secure, Parcel Station, APC-Overnight, HubEurope, Huxloe Logistics, Verage Shipping, MHI, Truline',
  'Delivery Group, PDC Logistics, DEL Deliveries, Parcelink Logistics, Hotpoint Logistics, GEL, AO Deutschland',
  'MZZ-Briefdienst, REDUR, Europaczka, Mail Alliance, UPakWeShip, Consegna Mezzi Propri, DACSHER, Sprint, Susa, TWS, WPX',
  'HRP, DYNAMIC EXPRESS, EINSA SOURCING, GRUPO LOGISTIC, KEAVO, NTL, SPRING, TDN, TransaragonÃ©s, TSB, TXT, TyD',
  'Via Xpress, FRANCE EXPRESS, B2C, CargoLine, DPB, EKI Trans, FRACHTPOST, Hlog, honesteye, Huxloe, Interno, Intersoft',
  'JPL UPU, Kybotech, Mezzi propri, MZZ Briefdienst, NOVEO, OCS Worldwide, ONTIME, Parcel Hub, Parcel2go, ParcelDenOnline',
  'ParcelOne, RBNA, RR Donnelley, Shipmate, Stahlmann and Sachs, Stampit, STG, Transaher, Translink, Upsilon',
].flatMap((row) => row.split(', '));
const known: ReadonlySet<string> = new Set(codes);

/** Whether it is one of Amazon's own codes, letter by letter. `Other` and its translations are none. */
export function knowsCarrier(code: string): boolean {
  return known.has(code);
}
