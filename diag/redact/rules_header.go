package redact

// headerRules find what HTTP requests prove themselves with.
var headerRules = []*Rule{
	{
		Name: "authorization", Kind: Token, Form: Header,
		Why:   "A request proves with it for whom it speaks.",
		Keys:  []string{"authorization", "proxy authorization", "x authorization", "authentication", "x auth", "www authorization"},
		Goes:  []string{"> Authorization: Basic ‹dXNlcjpwYXNz›", `curl -H "Authorization: Bearer ‹abc.def.ghi›" https://x`, "Authorization: Digest ‹username=x, response=1234›", `{"Authorization":"‹abc123›"}`, "authorization=Bearer ‹q1w2e3r4›, host=x"},
		Stays: []string{"authorization: denied", "Authorization: Bearer <token>", "authorization failed"},
	},
	{
		Name: "bearer", Kind: Token, Form: Strong, Bare: true, least: 16,
		Why:   "Whoever bears it is let in.",
		Keys:  []string{"bearer"},
		Goes:  []string{"sent Bearer ‹eYabcdefgh123456789›"},
		Stays: []string{"bearer of bad news", "Bearer authentication"},
	},
	{
		Name: "secret-header", Kind: Token, Form: Any,
		Why:  "A request proves with it for whom it speaks.",
		Keys: []string{"x api key", "x auth token", "x access token", "x csrf token", "x xsrf token", "x amz security token", "x vault token", "x gitlab token", "x goog api key", "x session token", "x shopify access token", "private token", "job token", "x ms client secret", "x hub signature", "x hub signature 256", "x secret", "x token", "x user token"},
		Goes: []string{"> X-Api-Key: ‹0123456789abcdef›", "PRIVATE-TOKEN: ‹abcdef123456›"},
	},
	{
		Name: "cookie", Kind: Cookie, Form: Jar,
		Why:   "Who has the cookies has the session.",
		Keys:  []string{"cookie", "cookies"},
		Goes:  []string{"> Cookie: theme=‹dark›; sessionid=‹q8w7e6›; lang=‹de›", `"Cookie": "a=‹1b2›; c=‹3d4›"`},
		Stays: []string{"cookie policy accepted", "cookies: enabled"},
	},
	{
		Name: "set-cookie", Kind: Cookie, Form: SetJar,
		Why:  "Who has the cookies has the session.",
		Keys: []string{"set cookie", "set cookie2"},
		Goes: []string{"< Set-Cookie: JSESSIONID=‹0A1B2C›; Path=/; HttpOnly"},
	},
}
