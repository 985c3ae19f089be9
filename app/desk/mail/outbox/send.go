package outbox

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/wneessen/go-mail"
)

// RefusedError is a mail that the server will never take.
type RefusedError struct {
	Reason string // as the server says it, in one line
}

func (e *RefusedError) Error() string { return e.Reason }

// Line is an open connection to the server.
type Line struct{ client *mail.Client }

// Open connects and signs in.
func (s Server) Open(ctx context.Context) (*Line, error) {
	c, err := s.client()
	if err != nil {
		return nil, fmt.Errorf("smtp %s: %w", s.host, err)
	}
	if err := c.DialWithContext(ctx); err != nil {
		return nil, fmt.Errorf("smtp %s: %w", s.host, err)
	}
	return &Line{c}, nil
}

// Close says goodbye.
func (l *Line) Close() error { return l.client.Close() }

// Send hands a letter over. The error is a *RefusedError when it makes no sense
// to try again; after any other one the line is closed and not used again.
func (l *Line) Send(letter Letter, files []File) error {
	m, err := letter.message(files)
	if err != nil {
		return &RefusedError{err.Error()}
	}
	err = l.client.Send(m)
	var s *mail.SendError
	if !errors.As(err, &s) {
		return err
	}
	if s.ErrorCode() >= 500 && !s.IsTemp() {
		switch s.Reason {
		case mail.ErrSMTPRcptTo, mail.ErrSMTPData, mail.ErrSMTPDataClose:
			return &RefusedError{reason(s)}
		}
	}
	return errors.New(reason(s))
}

// reason is what the server has said, in one line.
func reason(s *mail.SendError) string {
	text := s.Error()
	if before, _, ok := strings.Cut(text, ", affected message ID:"); ok {
		text = before
	}
	return said(text)
}
