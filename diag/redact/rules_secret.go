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
			"password authentication failed for role", "Invalid user name or password", "password: expired", "password=${DB_PASSWORD}", "password=********",
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
			"application key", "write key", "server key", "deploy key", "license key", "licence key", "product key", "activation key", "lizenzschlüssel", "schlüssel", "geheim", "sleutel",
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
			"_auth", "authdata", "cred", "creds", "verification code", "otp", "einmalcode", "tan", "pin", "cvv", "cvc",
		},
		Goes: []string{
			"GET /v1/files?id=7&access_token=‹abcdefgh12345678›&page=2 200", "PUT https://st.blob.core.windows.net/c/f?sv=2024-11-04&sig=‹aB3dE5%3D›&se=2026", "csrfToken: '‹Zx81kk29›'",
		},
		Stays: []string{"token bucket refilled to 500", "token: expired", "token refreshed", "unexpected token: identifier", "auth=ok"},
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
}
