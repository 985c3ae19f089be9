package acme

import (
	"crypto/x509"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"os"
	"strings"

	"golang.org/x/crypto/acme/autocert"
	"golang.org/x/net/idna"
)

// Config is what certificates are asked for with. The zero value asks for none.
type Config struct {
	Names     []string // that people reach the desk by; none: there is no ACME
	Email     string   // that the server may write to; "" is none
	Directory string   // the ACME server's, https; "" is Let's Encrypt
	CA        string   // PEM file of what the server itself is trusted by; "" is what the system trusts
}

// Check refuses what cannot be.
func (c Config) Check() error {
	if len(c.Names) == 0 {
		if c.Email != "" || c.Directory != "" || c.CA != "" {
			return errors.New("ACME needs the name that the certificate is for")
		}
		return nil
	}
	for _, n := range c.Names {
		if _, err := plain(n); err != nil {
			return err
		}
	}
	if strings.ContainsAny(c.Email, "\r\n,? ") {
		return fmt.Errorf("%q is no mail address", c.Email)
	}
	if c.Directory != "" {
		if u, err := url.Parse(c.Directory); err != nil || u.Scheme != "https" || u.Host == "" {
			return fmt.Errorf("%q is no ACME directory's address, like %s", c.Directory, autocert.DefaultACMEDirectory)
		}
	}
	return nil
}

// plain is a name as handshakes have it: lower case, ASCII, no dot at its end.
func plain(name string) (string, error) {
	ascii, err := idna.Lookup.ToASCII(strings.TrimSuffix(name, "."))
	_, perr := netip.ParseAddr(ascii)
	if err != nil || perr == nil || !strings.Contains(strings.Trim(ascii, "."), ".") {
		return "", fmt.Errorf("%q is no name that ACME gives a certificate for, like support.example.com", name)
	}
	return ascii, nil
}

// roots are what the server is trusted by; nil is what the system trusts.
func (c Config) roots() (*x509.CertPool, error) {
	if c.CA == "" {
		return nil, nil
	}
	text, err := os.ReadFile(c.CA)
	if err != nil {
		return nil, fmt.Errorf("read the ACME server's root: %w", err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("read the ACME server's root %q: no certificate in it", c.CA)
	}
	return pool, nil
}
