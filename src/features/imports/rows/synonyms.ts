import type { CompanyField, ContactField } from "./fields";

/*
 * Headers as they come from people and from Apollo, HubSpot, Salesforce, Clay, Crunchbase, LinkedIn and Sales Navigator exports, in
 * English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Japanese and Chinese. Written as `normaliseHeader` gives
 * them: lower case, no accents, words apart by one space. Earlier ones win over later ones for the same field.
 */

const COMPANY_NAME = `company name|company|organization name|organisation name|organization|organisation|account name|account|business name|
  legal name|current company|employer|firma|firmenname|unternehmen|unternehmensname|entreprise|nom de l entreprise|societe|raison sociale|
  empresa|nombre de la empresa|razon social|nome da empresa|azienda|nome azienda|societa|ragione sociale|bedrijf|bedrijfsnaam|
  firma nazwa|nazwa firmy|会社名|企業名|公司|公司名称|公司名稱`;

const COMPANY_WEBSITE = `company website|company domain name|company domain|company url|website|web site|website url|domain|domain name|
  homepage|home page|web|url|web address|site|organization website|account website|webseite|internetseite|internet|unternehmenswebsite|
  firmenwebsite|site web|site internet|sitio web|pagina web|dominio|sito web|sito|sitio|strona www|strona internetowa|www|
  ウェブサイト|网站|網站|网址|域名`;

const COUNTRY = `country|country region|company country|headquarters country|hq country|land|pays|pais|paese|kraj|国|国家|國家`;

const PHONE = `phone|phone number|telephone|tel|telephone number|mobile|mobile phone|mobile number|cell|cell phone|telefon|telefonnummer|
  mobil|handy|telefone|telefono|telefoon|telefoonnummer|numero de telephone|celular|電話|电话|電話番号`;

const EMAIL = `email|e mail|email address|e mail address|mail|courriel|adresse e mail|adresse mail|correo|correo electronico|e mail adresse|
  e mailadres|posta elettronica|メール|メールアドレス|邮箱|電子郵件`;

const LINKEDIN = `linkedin|linkedin url|linkedin profile|linkedin link|linkedin page|linkedin profile url`;

const TAGS = `tags|tag|labels|label|lists|list|keywords|segment|schlagworte|stichworte|etiquettes|etiquetas|etichette`;

/** Parts of an address that are no address by themselves: columns of their own, whatever their cells look like. */
export const PLACE_PARTS = `postal code|zip|zip code|postcode|company postal code|city|town|company city|state|state region|company state|plz|
  postleitzahl|ort|stadt|ville|code postal|ciudad|cidade|citta|plaats|miasto|城市`;

export const COMPANY_SYNONYMS: Record<CompanyField, string> = {
  name: `${COMPANY_NAME}|name|nom|nombre|nome|naam|nazwa|名称`,
  website: COMPANY_WEBSITE,
  description: `description|company description|short description|full description|seo description|about|about us|summary|overview|
    beschreibung|descripcion|descricao|descrizione|omschrijving|opis|説明|描述|简介`,
  industry: `industry|industries|primary industry|company industry|sector|vertical|branche|industrie|secteur|secteur d activite|industria|
    setor|settore|branza|業種|行业|行業`,
  country: COUNTRY,
  address: `address|company address|full address|street address|headquarters location|headquarters|hq location|location|street|
    company street|address line 1|address line 2|adresse|anschrift|strasse|direccion|endereco|indirizzo|adres|住所|地址`,
  phone: `company phone|company phone number|corporate phone|main phone|${PHONE}`,
  email: `company email|general email|contact email|info email|${EMAIL}`,
  linkedin_url: `company linkedin url|company linkedin|linkedin company page|linkedin company url|${LINKEDIN}`,
  employees: `employees|number of employees|employee count|no of employees|company size|size|headcount|staff|mitarbeiter|mitarbeiterzahl|
    anzahl mitarbeiter|effectif|effectifs|nombre d employes|empleados|numero de empleados|funcionarios|dipendenti|medewerkers|
    aantal medewerkers|従業員数|员工人数`,
  tags: TAGS,
};

export const CONTACT_SYNONYMS: Record<ContactField, string> = {
  company_name: COMPANY_NAME,
  company_website: COMPANY_WEBSITE.replace("|url|", "|"),
  name: `full name|name|contact name|contact|person|person name|lead name|vollstandiger name|ansprechpartner|kontakt|nom complet|
    nombre completo|nome completo|volledige naam|naam|氏名|姓名|名前`,
  first_name: `first name|firstname|given name|forename|vorname|prenom|nombre|primeiro nome|nome|voornaam|imie|名`,
  last_name: `last name|lastname|surname|family name|nachname|familienname|nom|nom de famille|apellido|apellidos|sobrenome|cognome|
    achternaam|nazwisko|姓`,
  title: `title|job title|position|role|job|function|headline|current position|jobtitel|berufsbezeichnung|funktion|poste|fonction|
    intitule du poste|cargo|puesto|ruolo|posizione|functie|functietitel|stanowisko|役職|职位|職位|职务`,
  email: `work email|business email|primary email|${EMAIL}`,
  phone: `direct phone|work direct phone|work phone|first phone|${PHONE}|corporate phone|company phone`,
  linkedin_url: `person linkedin url|linkedin profile url|contact linkedin url|profile url|${LINKEDIN}|url`,
  country: `contact country|person country|${COUNTRY}`,
  tags: TAGS,
};
