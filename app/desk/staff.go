package desk

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/people"
	"github.com/beistand/beistand/app/desk/people/openid"
)

// newStaff makes who answers for people, keys and links.
func (s *Server) newStaff() (*people.People, error) {
	base, err := s.base()
	if err != nil {
		return nil, err
	}
	if base == nil {
		s.cfg.Log.Printf("nobody has said by which address people reach the desk (--url): there are no links, and no passkeys")
	}
	key, err := deskSecret(s.cfg.Dir, "second factors")
	if err != nil {
		return nil, err
	}
	c := people.Config{
		SealKey: key,
		People:  s.people, Organisation: s.cfg.Organisation, Base: base, Now: s.cfg.seams.now, From: s.address, Log: s.cfg.Log, Kick: s.journal.Kick,
		StaffFor: staffTokenTTL, TicketFor: ticketTokenTTL,
	}
	if o := s.cfg.OIDC; o.Issuer != "" {
		o.Now = s.cfg.seams.now
		if base != nil && o.Redirect == "" {
			o.Redirect = base.JoinPath(api.PageOIDC).String()
		}
		if c.OIDC, err = openid.New(o); err != nil {
			return nil, fmt.Errorf("desk: %w", err)
		}
	}
	p, err := people.New(c)
	if err != nil {
		return nil, err
	}
	return p, p.Seal(context.Background())
}

// base is where people reach the desk. A desk for this machine alone is
// localhost, since browsers want a name for passkeys. nil: nobody has said; who
// is behind a proxy is reached from elsewhere.
func (s *Server) base() (*url.URL, error) {
	if s.cfg.URL == "" {
		a, ok := s.listener.Addr().(*net.TCPAddr)
		if !ok || !a.IP.IsLoopback() || s.cfg.BehindProxy {
			return nil, nil
		}
		scheme := "http"
		if s.tls != nil {
			scheme = "https"
		}
		return &url.URL{Scheme: scheme, Host: fmt.Sprintf("localhost:%d", a.Port), Path: "/"}, nil
	}
	u, err := url.Parse(strings.TrimSuffix(s.cfg.URL, "/") + "/")
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, fmt.Errorf("desk: the address %q is not like https://desk.example.com", s.cfg.URL)
	}
	return u, nil
}
