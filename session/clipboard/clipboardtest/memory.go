// Package clipboardtest is the in-memory clipboard, with the suite that every clipboard driver passes.
package clipboardtest

import (
	"context"
	"sync"
	"unicode/utf8"

	"github.com/beistand/beistand/session/clipboard"
)

// Memory is a clipboard in memory.
type Memory struct {
	mu       sync.Mutex // guards all below
	text     string
	secret   bool
	closed   bool
	watchers map[chan struct{}]bool
}

var _ clipboard.Clipboard = (*Memory)(nil)

// New makes an empty one.
func New() *Memory { return &Memory{watchers: map[chan struct{}]bool{}} }

// Set is what another program writes; secret marks it as a password.
func (m *Memory) Set(text string, secret bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.text, m.secret = text, secret
	for w := range m.watchers {
		select {
		case w <- struct{}{}:
		default:
		}
	}
}

// Text is what other programs read.
func (m *Memory) Text() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.text
}

// Read is clipboard.Clipboard's.
func (m *Memory) Read(ctx context.Context) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case m.closed:
		return "", clipboard.ErrClosed
	case m.secret:
		return "", clipboard.ErrSecret
	case len(m.text) > clipboard.MaxText:
		return "", clipboard.ErrLarge
	case !utf8.ValidString(m.text):
		return "", clipboard.ErrText
	}
	return m.text, ctx.Err()
}

// Write is clipboard.Clipboard's.
func (m *Memory) Write(ctx context.Context, text string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case m.closed:
		return clipboard.ErrClosed
	case len(text) > clipboard.MaxText:
		return clipboard.ErrLarge
	case !utf8.ValidString(text):
		return clipboard.ErrText
	}
	m.text, m.secret = text, false
	return ctx.Err()
}

// Changed is clipboard.Clipboard's.
func (m *Memory) Changed(ctx context.Context) <-chan struct{} {
	m.mu.Lock()
	defer m.mu.Unlock()
	c := make(chan struct{}, 1)
	if m.closed {
		close(c)
		return c
	}
	m.watchers[c] = true
	context.AfterFunc(ctx, func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		if m.watchers[c] {
			delete(m.watchers, c)
			close(c)
		}
	})
	return c
}

// Close is clipboard.Clipboard's.
func (m *Memory) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.closed = true
	for w := range m.watchers {
		close(w)
	}
	clear(m.watchers)
	return nil
}
