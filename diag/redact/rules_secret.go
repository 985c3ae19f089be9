package redact

// secretRules find passwords and keys by the words before them.
var secretRules = []*Rule{
	{
		Name: "password", Kind: Password, Form: Any,
		Why: "Who has a password can sign in as its owner.",
		Keys: []string{
			"password", "passwords", "passwd", "pwd", "pass word", "pass phrase", "passphrase", "pass code", "pswd", "psw", "pw", "passw", "userpw",
			"pass", "storepass", "keypass", "keystore pass", "passin", "passout", "requirepass", "masterauth", "bindpw", "rootpw", "wepkey", "psk",
			"passwort", "passwörter", "kennwort", "kennwörter", "losung", "zugangscode", "wachtwoord", "wachtwoorden", "wachtwoordzin", "toegangscode", "mot de passe",
			"password hash", "password confirmation", "password confirm", "password repeat", "password enc", "password digest", "encrypted password",
			"password value", "password plain", "paßwort", "wep key0", "wep key1", "wep key2", "wep key3", "key content", "schlüsselinhalt", "sleutelinhoud",
			"auth plain", "auth login", "rocommunity", "rwcommunity", "snmp community", "community string", "zugangskennwort", "geheimwort", "parool", "puk",
			"geheimzahl", "wi fi key", "network key", "pre shared key", "security answer", "recovery key", "recovery password", "unlock code", "master key",
		},
		Goes: []string{
			"login attempt user=root password=‹hunter2!x› result=ok", `{"op":"bind","password":"‹pa\"ss›","retry":2}`,
			"exec: /usr/bin/backup --password ‹tr0ub4dor› --full", "config db_password: ‹s3cr3t›", "Anmeldung mit Passwort: ‹geheim1› fehlgeschlagen",
			`{\"name\":\"DB_PASSWORD\",\"value\":\"‹x9Yz8w›\"}`, "opts Uid=root;Pwd=‹Abc123›;Timeout=30", "<password>‹hunter2›</password>",
			`<add key="Password" value="‹hunter2›"/>`, "Het wachtwoord is ‹Welkom01›", "$env:PGPASSWORD = '‹hunter2›'", "password2=‹hunter2›",
			`<property name="password">‹hunter2›</property>`, "passphrase: ‹correct horse battery staple›", "set mypassword=‹hunter2›",
			`["--password","‹hunter2›"]`, "a=1&password=‹hun,ter2›&b=2", "IF password%3D‹hunter2›%26b%3D1", "spring.datasource.password=‹my secret words›",
			"SET PASSWORD FOR x = PASSWORD('‹hunter2›')", `"passwords": ["‹one1›", "‹two2›"]`,
		},
		Stays: []string{
			"password authentication failed for role", "Invalid user name or password", "password: expired", "{\"name\": \"base-passwd\",\n\"version\": \"3.6.1\"}", "\"base-passwd\": \"3.6.1\"", "password=${DB_PASSWORD}", "password=********",
			"the password is incorrect", "bypass=1", "compass: north", "password=<password> result=ok", "pass 3 of 5", "see https://docs.example.org/password/reset",
		},
	},
	{
		Name: "secret", Kind: Token, Form: Any,
		Why: "Programs prove with it who they are.",
		Keys: []string{
			"client secret", "app secret", "secret key", "shared secret", "secret access key", "consumer secret", "webhook secret", "signing secret", "jwt secret",
			"session secret", "cookie secret", "secret", "secrets", "api secret", "encryption key", "signing key", "account key",
			"shared access key", "access key", "access key id", "storage key", "master secret", "api key", "apikey", "apikeys", "auth key", "authkey",
			"shared access signature", "totp", "otp secret", "secret token", "hmac key", "symmetric key", "ssl key", "tls key", "machine key", "validation key",
			"decryption key", "app key", "subscription key", "ocp apim subscription key", "service key", "x functions key", "functions key", "connection key",
			"application key", "write key", "server key", "deploy key", "license key", "licence key", "product key", "activation key", "lizenzschlüssel", "schlüssel", "geheim", "sleutel", "secret key base", "secure auth key", "logged in key", "nonce key", "auth salt", "secure auth salt", "logged in salt", "nonce salt", "geheimnis", "zugriffsschlüssel", "api schlüssel", "api sleutel", "geheimschlüssel", "recovery codes", "recovery code", "backup codes", "device code", "user code", "enrollment secret", "enroll secret", "passport", "stream key", "app id key",
		},
		Goes: []string{
			"aws_secret_access_key=‹wJalrXUtnFEMIK7MDENGbPxRfiCY›", "api_key=‹0123456789abcdef0123›", `"clientSecret": "‹q8Q~abc›"`, "AccountKey=‹abc/def+ghi==›;EndpointSuffix=x",
		},
		Stays: []string{"secret santa", "the API key is missing", "secret=${SECRET}", "public key: none"},
	},
	{
		Name: "token", Kind: Token, Form: Strong,
		Why: "Who has a token can act for its owner.",
		Keys: []string{
			"token", "tokens", "auth token", "access token", "refresh token", "id token", "csrf token", "xsrf token", "bearer token", "authenticity token", "session token",
			"security token", "api token", "bot token", "app token", "device token", "push token", "sig", "signature", "hmac", "nonce", "code verifier", "code challenge",
			"client assertion", "assertion", "saml response", "samlresponse", "saml request", "samlrequest", "wresult", "ticket granting ticket", "oauth token", "oauth verifier",
			"request verification token", "jwt", "auth", "authorization code", "auth code", "credential", "credentials", "x amz signature", "x amz credential", "x amz security token",
			"authdata", "zugriffstoken", "toegangstoken", "zugangstoken", "anmeldetoken", "csrf", "p256dh", "identity token", "cred", "creds",
		},
		Goes: []string{
			"GET /v1/files?id=7&access_token=‹abcdefgh12345678›&page=2 200", "PUT https://st.blob.core.windows.net/c/f?sv=2024-11-04&sig=‹aB3dE5%3D›&se=2026", "csrfToken: '‹Zx81kk29›'",
		},
		Stays: []string{"token bucket refilled to 500", "token: expired", "token refreshed", "unexpected token: identifier", "PublicKeyToken=b77a5c561934e089", "auth=ok"},
	},
	{
		Name: "session", Kind: Cookie, Form: Strong,
		Why:   "Who has the identifier of a session can take it over.",
		Keys:  []string{"session id", "sessionid", "sess id", "phpsessid", "jsessionid", "aspsessionid", "asp net_sessionid", "net_sessionid", "connect sid", "session key", "session cookie", "laravel session", "sid cookie", "sitzungs id", "sessie id"},
		Goes:  []string{"/app;jsessionid=‹1A2B3C4D5E6F›?x=1", "session_id=‹9f8e7d6c5b4a›"},
		Stays: []string{"session id missing", "session_id=none"},
	},
	{
		Name: "identified-by", Kind: Password, Form: Any, Bare: true,
		Why:   "SQL gives an account its password so.",
		Keys:  []string{"identified by", "identified by password", "encrypted password", "with password", "set password to", "using password"},
		Goes:  []string{"CREATE USER x IDENTIFIED BY '‹hunter2›'", "ALTER ROLE app WITH PASSWORD '‹hunter2›'", "ALTER LOGIN sa WITH PASSWORD = N'‹hunter2›'"},
		Stays: []string{"access denied (using password: YES)"},
	},
	{
		Name: "key", Kind: Token, Form: Strong, least: 16,
		Why:   "A long value that is called a key mostly is one.",
		Keys:  []string{"key", "code", "appid", "app id"},
		Goes:  []string{"MAPBOX_KEY=‹ygYkqEeS79QQHz2afkM82a0ebwbqmVDe›", "GET /callback?code=‹MyrO9v0GE56zOLB6plo6v40iD41nnoq26BX4›&state=xyz", `"key": "‹36428bdca3948dd0ef03cf87d276b03e›"`},
		Stays: []string{"key: value", "error code: 0x80070005", "exit code=1", "key=lang", "code: ERR_CONNECTION_REFUSED"},
	},
	{
		Name: "code", Kind: Password, Form: Number,
		Why:   "A code that was sent to somebody opens the door once.",
		Keys:  []string{"pin", "pin code", "tan", "otp", "one time code", "one time password", "verification code", "security code", "einmalcode", "bestätigungscode", "sicherheitscode", "verifizierungscode", "verificatiecode", "beveiligingscode", "bevestigingscode", "auth code", "cvv", "cvc", "cvv2", "mfa code", "2fa code", "login code", "smscode", "sms code", "geheimzahl", "puk"},
		Goes:  []string{"PIN: ‹9713›", "Your one-time code is ‹642720›", "Ihr Bestätigungscode lautet ‹290224›.", "pincode: ‹6258›"},
		Stays: []string{"GPIO pin: 13", "pin 4 is high", "tan: 1.5"},
	},
	{
		Name: "said", Kind: Password, ends: []string{"PASS", "LOGIN", "AUTH", "userPassword", "REG_SZ"}, find: findProtocol,
		Why:   "Protocols of mail and files send passwords so.",
		Goes:  []string{"--> PASS ‹oBbs$klC4EB9T›", "C: A001 LOGIN robot ‹Xbde33u7MRQ78h8r›", `C: a02 LOGIN "root" "‹ob7W%V3n8P7px›"`, `"AUTH" "‹hfWH27ksSHR7LhR2›"`, "C: AUTH PLAIN ‹AHJvYm90AFVKdWhCZmhlQmtMQg==›"},
		Stays: []string{"PASS: all tests", "LOGIN failed for x", "AUTH required", "--- PASS: TestLogin (0.02s)", "AUTH LOGIN PLAIN"},
	},
	{
		Name: "hash-pair", Kind: Password, shapes: []shape{{class: numbered, min: 32, max: 32, next: ":"}, {class: numbered, min: 16, max: 16, next: ":"}}, find: findHashPair,
		Why:   "Windows keeps passwords as such pairs; a password can be found from them.",
		Goes:  []string{"Administrator:500:‹aad3b435b51404eeaad3b435b51404ee:e0f4d939c61ae751201dcec4e0db9c11›:::", "robot::A:‹48b14cae9ca1d97b:d8a98d0dee8674b52eda7b8099153a94:0101000000000000891ecd71e7b43092a34459233e74eea7›"},
		Stays: []string{"sha256:0123456789abcdef0123456789abcdef:x", "aad3b435b51404eeaad3b435b51404ee: ok"},
	},
	{
		Name: "pgpass", Kind: Password, shapes: []shape{{class: digits, min: 4, max: 5, next: ":", prev: ":"}}, find: findPgpass,
		Why:   "The file of passwords of PostgreSQL.",
		Goes:  []string{"localhost:5432:shop:root:‹Q7DYc7ZTs5Q4JTEm›"},
		Stays: []string{"a:1234:b", "10:2030:x:y z", "http://x:8080:a"},
	},
}
