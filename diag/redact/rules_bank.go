package redact

// bankRules find numbers of accounts and cards, by their check digits.
var bankRules = []*Rule{
	{
		Name: "iban", Kind: IBAN, shapes: []shape{{class: numbered, min: 15, max: 34}, {class: numbered, min: 4, max: 4, next: " -"}}, find: findIBAN,
		Why:   "The number of a bank account, ISO 13616.",
		Goes:  []string{"SEPA transfer to ‹DE89370400440532013000› booked", "Kontoverbindung ‹DE89 3704 0044 0532 0130 00› geprueft", "IBAN:‹NL91ABNA0417164300›", "‹AT611904300234573201›", "‹nl91 abna 0417 1643 00›"},
		Stays: []string{"DE89370400440532013001", "AB12 3456", "commit DE12345678901234", "NL91 ABNA"},
	},
	{
		Name: "card", Kind: Card, shapes: []shape{{class: digits, min: 13, max: 19}, {class: digits, min: 4, max: 4, next: " -", notPrev: "-./:"}}, find: findCard,
		Why:   "The number of a payment card, ISO/IEC 7812.",
		Goes:  []string{"payment card=‹4111111111111111› approved", "card ‹5500 0000 0000 0004› ok", "card ‹4111-1111-1111-1111›", "amex ‹378282246310005›", "amex ‹3782 822463 10005›", "‹6011111111111117›"},
		Stays: []string{"order 4111111111111112 shipped", "ts 1764000000000", "1234567890123456", "4111 1111 1111 1112", "2026-1111-2222", "seq 0000000000000000"},
	},
}
