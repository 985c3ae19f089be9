// Package acme gets the desk's certificate from an ACME server (RFC 8555), such as Let's Encrypt.
package acme

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"

	"github.com/beistand/beistand/app/desk/store/db"
)

// Proto is what the ACME server negotiates to see the answer to its challenge
// (RFC 8737). Nothing is said behind such a handshake.
const Proto = acme.ALPNProto

// Let's Encrypt takes five failed validations of a name an hour: tries come 0,
// 2, 6, 14 and 30 minutes after the first. autocert itself keeps a failure for
// one minute.
const (
	firstPause = 2 * time.Minute
	lastPause  = time.Hour
	elsewhere  = 2 * time.Second // while another desk with this database is at it
	lookEvery  = time.Second
)

// Certificates are those of the desk's names: made when they are missing,
// renewed before they end, and shared with other desks of the same database.
type Certificates struct {
	names   []string
	manager *autocert.Manager
	db      *db.DB
	log     logger
	to      *transport
	stopped chan struct{}
	all     sync.WaitGroup

	mu     sync.Mutex // guards what follows
	state  map[string]*state
	closed bool
}

// logger takes one line an event.
type logger interface {
	Printf(format string, args ...any)
}

// state is one name's.
type state struct {
	ready  bool          // there is a certificate; autocert renews it from now on
	going  chan struct{} // closed at the end of the try under way; nil: none is
	err    error         // of the last try
	failed int           // tries, since the last that did not
	next   time.Time     // no other try before it
	late   time.Time     // when it was last said that the certificate was not renewed
}

// New asks nobody for anything yet.
func New(c Config, d *db.DB, log logger) (*Certificates, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	roots, err := c.roots()
	if err != nil {
		return nil, err
	}
	if c.Directory == "" {
		c.Directory = autocert.DefaultACMEDirectory
	}
	a := &Certificates{db: d, log: log, to: newTransport(roots), stopped: make(chan struct{}), state: map[string]*state{}}
	for _, n := range c.Names {
		n, err := plain(n)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(a.names, n) {
			a.names = append(a.names, n)
			a.state[n] = &state{}
		}
	}
	a.manager = &autocert.Manager{
		Prompt:     autocert.AcceptTOS,
		Cache:      cache{db: d, directory: c.Directory},
		HostPolicy: autocert.HostWhitelist(a.names...),
		Email:      c.Email,
		Client: &acme.Client{
			DirectoryURL: c.Directory, UserAgent: "beistand", RetryBackoff: again,
			HTTPClient: clientOver(a.to),
		},
	}
	return a, nil
}

// Get is for tls.Config. Whoever names nobody is shown the first name's
// certificate; a name that is not listed has none.
func (a *Certificates) Get(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	name := a.names[0]
	if hello.ServerName != "" {
		var err error
		if name, err = plain(hello.ServerName); err != nil {
			return nil, err
		}
	}
	if !slices.Contains(a.names, name) {
		return nil, fmt.Errorf("%q is not this desk's name", name)
	}
	if slices.Equal(hello.SupportedProtos, []string{Proto}) {
		return a.manager.GetCertificate(&tls.ClientHelloInfo{ServerName: name, SupportedProtos: hello.SupportedProtos})
	}
	ready, going, err := a.try(name, time.Now())
	if ready {
		return a.certificate(name)
	}
	if going == nil {
		return nil, err
	}
	select {
	case <-going:
	case <-hello.Context().Done():
		return nil, hello.Context().Err()
	case <-a.stopped:
		return nil, errStopped
	}
	a.mu.Lock()
	ready, err = a.state[name].ready, a.state[name].err
	a.mu.Unlock()
	if !ready {
		return nil, err
	}
	return a.certificate(name)
}

var (
	errStopped   = errors.New("the desk stops")
	errElsewhere = errors.New("another desk gets the certificate")
)

// certificate is autocert's for everybody alike: ECDSA, which all that speak TLS
// 1.2 here understand. By what it offers nobody makes the desk order another.
func (a *Certificates) certificate(name string) (*tls.Certificate, error) {
	return a.manager.GetCertificate(&tls.ClientHelloInfo{
		ServerName: name, CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256},
	})
}

// try begins to get a name's certificate when it is missing and its turn has
// come. A channel is closed at the end of the try that is under way.
func (a *Certificates) try(name string, now time.Time) (ready bool, going <-chan struct{}, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	s := a.state[name]
	switch {
	case a.closed:
		return false, nil, errStopped
	case s.ready || s.going != nil || now.Before(s.next):
		return s.ready, s.going, s.err
	}
	s.going = make(chan struct{})
	a.all.Go(func() { a.get(name) })
	return false, s.going, nil
}

// get gets a certificate, from the database or by an order. One desk at a time
// does it; the others then find it in the database.
func (a *Certificates) get(name string) {
	err := errElsewhere
	lerr := a.db.Alone(context.Background(), "acme "+name, func() error {
		_, err = a.certificate(name)
		return nil
	})
	if lerr != nil {
		err = lerr
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	s := a.state[name]
	close(s.going)
	s.going, s.err, s.ready = nil, err, err == nil
	switch {
	case err == nil:
		s.failed = 0
	case errors.Is(err, errElsewhere):
		s.next = time.Now().Add(elsewhere)
	case !a.closed:
		pause := min(firstPause<<min(s.failed, 10), lastPause)
		s.failed++
		s.next = time.Now().Add(pause)
		a.log.Printf("get a certificate for %s: %v; it is tried again in %s, and the name has to lead here by port 443", name, err, pause)
	}
}
