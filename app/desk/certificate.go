package desk

import (
	"crypto/tls"
	"fmt"
	"os"
	"sync"
	"time"
)

// certificateEvery is how often the files are looked at, at most.
const certificateEvery = 10 * time.Second

// certificate is the desk's, as it is in its files: who renews it there need
// not stop the desk.
type certificate struct {
	cert, key string
	log       logger

	mu     sync.Mutex // guards what follows
	now    *tls.Certificate
	looked time.Time
	seen   [2]time.Time // when the files were changed
}

func loadCertificate(cert, key string, log logger) (*certificate, error) {
	c := &certificate{cert: cert, key: key, log: log, looked: time.Now()}
	var err error
	if c.seen, err = c.changed(); err == nil {
		c.now, err = c.load()
	}
	if err != nil {
		return nil, fmt.Errorf("load certificate: %w", err)
	}
	return c, nil
}

// get is for tls.Config. What cannot be read leaves the one that was there:
// the two files are not renewed at the same moment.
func (c *certificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if now := time.Now(); now.Sub(c.looked) >= certificateEvery {
		c.looked = now
		c.look()
	}
	return c.now, nil
}

// look takes renewed files. c.mu is held.
func (c *certificate) look() {
	seen, err := c.changed()
	if err == nil && seen == c.seen {
		return
	}
	var fresh *tls.Certificate
	if err == nil {
		fresh, err = c.load()
	}
	if err != nil {
		c.log.Printf("renew certificate: %v; the one from before goes on", err)
		return
	}
	c.now, c.seen = fresh, seen
	c.log.Printf("the certificate was renewed")
}

func (c *certificate) load() (*tls.Certificate, error) {
	pair, err := tls.LoadX509KeyPair(c.cert, c.key)
	return &pair, err
}

func (c *certificate) changed() (at [2]time.Time, err error) {
	for i, path := range []string{c.cert, c.key} {
		info, err := os.Stat(path)
		if err != nil {
			return at, err
		}
		at[i] = info.ModTime()
	}
	return at, nil
}
