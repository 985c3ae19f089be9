package redact

// blockRules find keys that stand over several lines.
var blockRules = []*Rule{
	{
		Name: "private-key", Kind: PrivateKey, ends: []string{"begin"}, find: findPEM,
		Why:   "Who has a private key can take its owner's place.",
		Goes:  []string{"-----BEGIN RSA PRIVATE KEY-----\n‹MIIEowIBAAKCAQEA7bq9›\n‹abcdefghijklmnop1234›\n-----END RSA PRIVATE KEY-----\nafter", `{"key":"-----BEGIN PRIVATE KEY-----‹\nMIIEvQIBADANBgkq\n›-----END PRIVATE KEY-----\n"}`, "08:00 -----BEGIN EC PRIVATE KEY-----\n08:00 ‹MHcCAQEEIBkgabcdefgh›\n08:00 -----END EC PRIVATE KEY-----\n08:01 next"},
		Stays: []string{"-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIU\n-----END CERTIFICATE-----", "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----", "BEGIN TRANSACTION"},
	},
	{
		Name: "putty-key", Kind: PrivateKey, ends: []string{"lines"}, find: findPuTTY,
		Why:   "PuTTY's files of private keys.",
		Goes:  []string{"Private-Lines: 2\n‹AAAAgQCabcdefgh1234567›\n‹abcdefghijklmnop12345›\nPrivate-MAC: ‹0123456789abcdef0123456789abcdef01234567›"},
		Stays: []string{"Public-Lines: 2\nAAAAB3NzaC1yc2EAAAABJQ\n", "3 lines: x"},
	},
	{
		Name: "encoded-key", Kind: PrivateKey, begins: []string{"LS0"}, find: findEncodedPEM,
		Why:   "A private key in base64, as kubeconfig files have it.",
		Goes:  []string{"data ‹LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQpNSUlFb3dJQkFBS0NBUUVB›"},
		Stays: []string{"certificate-authority-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUI=", "LS0"},
	},
	{
		Name: "private-key-field", Kind: PrivateKey, Form: Any,
		Why:   "Who has a private key can take its owner's place.",
		Keys:  []string{"private key", "private key data", "client key data", "privkey", "rsa private key", "ssh private key", "tls key data", "identity key"},
		Goes:  []string{"client-key-data: ‹LS0tLS1CRUdJTi›", `"private_key": "‹-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n›"`, "PrivateKey = ‹yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=›"},
		Stays: []string{"private key: missing", "private_key_id=7"},
	},
	{
		Name: "jwk", Kind: PrivateKey, Form: Strong, least: 16,
		Why:   "The private parts of a JSON Web Key, RFC 7517, and of an XML key.",
		Keys:  []string{"dp", "dq", "qi", "inverse q"},
		Goes:  []string{`{"kty":"RSA","dp":"‹abcDEF1234567890abcd›"}`},
		Stays: []string{"dp: 12", `"dq":"x"`},
	},
	{
		Name: "wireguard", Kind: PrivateKey, Form: Any,
		Why:   "The key of a tunnel.",
		Keys:  []string{"wg private key", "preshared key"},
		Goes:  []string{"PresharedKey = ‹aGVsbG8gd29ybGQgaGVsbG8gd29ybGQgaGVsbG8gd28=›"},
		Stays: []string{"PresharedKey = none"},
	},
}
