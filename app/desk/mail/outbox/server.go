// Package outbox hands mails to an SMTP server.
package outbox

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"time"

	"github.com/wneessen/go-mail"
)

// Server is where mails are handed over.
type Server struct {
	host     string
	port     int
	implicit bool // TLS from the first byte on
	user     string
	password string
	roots    *x509.CertPool
}

const timeout = 30 * time.Second // of a connection that says nothing

// Parse reads smtps://user@host:465 or smtp://user@host:587. TLS is always spoken,
// other than with this machine. roots are whom certificates are believed from; nil: the system's.
func Parse(where, password string, roots *x509.CertPool) (Server, error) {
	u, err := url.Parse(where)
	if err != nil || u.Scheme != "smtp" && u.Scheme != "smtps" || u.Hostname() == "" || u.RawQuery != "" || u.Fragment != "" || u.Path != "" && u.Path != "/" {
		return Server{}, fmt.Errorf("%q is not like smtps://user@mail.example.com", where)
	}
	if _, has := u.User.Password(); has {
		return Server{}, fmt.Errorf("the password of %s belongs into a file", u.Redacted())
	}
	s := Server{host: u.Hostname(), implicit: u.Scheme == "smtps", user: u.User.Username(), password: password, roots: roots, port: 587}
	if s.implicit {
		s.port = 465
	}
	if p := u.Port(); p != "" {
		if s.port, err = strconv.Atoi(p); err != nil || s.port < 1 || s.port > 65535 {
			return Server{}, fmt.Errorf("%q has no port", where)
		}
	}
	if (s.user == "") != (password == "") {
		return Server{}, fmt.Errorf("%q: a name needs a password, and a password a name", where)
	}
	return s, nil
}

// local says whether a host is this machine.
func local(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

func (s Server) client() (*mail.Client, error) {
	config := &tls.Config{ServerName: s.host, MinVersion: tls.VersionTLS12, RootCAs: s.roots}
	options := []mail.Option{mail.WithPort(s.port), mail.WithTimeout(timeout), mail.WithTLSConfig(config), mail.WithoutNoop()}
	switch {
	case s.implicit:
		options = append(options, mail.WithSSL())
	case local(s.host):
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if s.user != "" {
		auth := mail.SMTPAuthAutoDiscover
		if !s.implicit && local(s.host) {
			auth = mail.SMTPAuthPlainNoEnc
		}
		options = append(options, mail.WithSMTPAuth(auth), mail.WithUsername(s.user), mail.WithPassword(s.password))
	}
	return mail.NewClient(s.host, options...)
}
