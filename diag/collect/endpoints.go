package collect

import "time"

// EndpointsFacts is system/endpoints.json: whether the profile's services can be reached.
type EndpointsFacts struct {
	Endpoints []EndpointFacts `json:"endpoints"`
}

// EndpointFacts is how far the way to one service leads.
type EndpointFacts struct {
	Name      string                 `json:"name"`
	URL       string                 `json:"url"`
	Proxy     string                 `json:"proxy,omitempty"`   // host:port of the proxy that the way leads through
	Reached   bool                   `json:"reached"`           // the service answered; its certificate may still be wrong
	Kind      string                 `json:"problem,omitempty"` // one of the Problem kinds; "" if all is well
	Error     string                 `json:"error,omitempty"`
	Lookup    float64                `json:"lookup_milliseconds,omitempty"`
	Connect   float64                `json:"connect_milliseconds,omitempty"` // of the first address that answered: one round trip
	Handshake float64                `json:"handshake_milliseconds,omitempty"`
	Answer    float64                `json:"answer_milliseconds,omitempty"` // from the request to the answer's first byte
	Status    int                    `json:"http_status,omitempty"`
	Server    *time.Time             `json:"server_time,omitempty"`         // the answer's Date
	Skew      *float64               `json:"clock_ahead_seconds,omitempty"` // this machine's clock against it; exact to a second or two
	Addresses []EndpointAddressFacts `json:"addresses,omitempty"`
	TLS       *TLSFacts              `json:"tls,omitempty"` // nil: there is no TLS there, or no answer
}

// EndpointAddressFacts is one of a service's addresses.
type EndpointAddressFacts struct {
	Address      string  `json:"address"` // with port
	Milliseconds float64 `json:"connect_milliseconds,omitempty"`
	Kind         string  `json:"problem,omitempty"`
	Error        string  `json:"error,omitempty"`
}

// TLSFacts is a service's certificate and whether this machine trusts it.
type TLSFacts struct {
	Version  string             `json:"version"` // "TLS 1.3"
	Cipher   string             `json:"cipher"`
	Protocol string             `json:"protocol,omitempty"` // by ALPN: "h2"
	Trusted  bool               `json:"trusted"`
	Error    string             `json:"verification_error,omitempty"` // why it is not trusted
	Expires  time.Time          `json:"expires_time"`                 // the first end in the chain that the server sent
	Chain    []CertificateFacts `json:"chain"`                        // as the server sent it, its own first
}

// CertificateFacts is one certificate (RFC 5280).
type CertificateFacts struct {
	Subject    string    `json:"subject"`
	Issuer     string    `json:"issuer"`
	Names      []string  `json:"names,omitempty"` // host names and addresses that it is for
	From       time.Time `json:"valid_from_time"`
	Expires    time.Time `json:"expires_time"`
	Key        string    `json:"key"` // "RSA 2048", "ECDSA P-256", "Ed25519"
	Signature  string    `json:"signature"`
	SHA256     string    `json:"sha256"` // of the whole certificate, hexadecimal
	SelfSigned bool      `json:"self_signed"`
	Authority  bool      `json:"authority"`
}
