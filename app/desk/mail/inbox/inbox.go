// Package inbox fetches mails from an IMAP server.
package inbox

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/emersion/go-imap"
	"github.com/emersion/go-imap/client"

	"github.com/beistand/beistand/app/api"
)

// Box is a folder on a server.
type Box struct {
	host, address string
	implicit      bool // TLS from the first byte on
	user          string
	password      string
	folder        string
	roots         *x509.CertPool

	answer time.Duration // for how long one is waited for
	news   time.Duration // for how long they are waited for before the folder is looked at all the same: less than answer

	// Done is the folder that taken mails are moved to; "": they stay, and are seen.
	Done string
}

const (
	timeout = 3 * time.Minute
	wait    = 2 * time.Minute
	retry   = time.Minute     // until what could not be taken is looked at again
	again   = 5 * time.Second // after trouble; doubled each time
	longest = 5 * time.Minute
	atOnce  = 50 // mails of one look
)

// Parse reads imaps://user@host:993/INBOX or imap://user@host:143/INBOX. TLS is
// always spoken, other than with this machine. roots are whom certificates are
// believed from; nil: the system's.
func Parse(where, password string, roots *x509.CertPool) (Box, error) {
	u, err := url.Parse(where)
	if err != nil || u.Scheme != "imap" && u.Scheme != "imaps" || u.Hostname() == "" || u.RawQuery != "" || u.Fragment != "" {
		return Box{}, fmt.Errorf("%q is not like imaps://user@mail.example.com/INBOX", where)
	}
	if _, has := u.User.Password(); has {
		return Box{}, fmt.Errorf("the password of %s belongs into a file", u.Redacted())
	}
	if u.User.Username() == "" || password == "" {
		return Box{}, fmt.Errorf("%q needs a name, and a password in a file", where)
	}
	b := Box{host: u.Hostname(), implicit: u.Scheme == "imaps", user: u.User.Username(), password: password, roots: roots, answer: timeout, news: wait}
	port := u.Port()
	switch {
	case port != "":
	case b.implicit:
		port = "993"
	default:
		port = "143"
	}
	b.address = net.JoinHostPort(b.host, port)
	if b.folder = strings.Trim(u.Path, "/"); b.folder == "" {
		b.folder = "INBOX"
	}
	return b, nil
}

// Folder names the folder and nobody: desks that read the same one have the same name for it.
func (b Box) Folder() string {
	return fmt.Sprintf("%x", sha256.Sum256([]byte(b.user+"\n"+b.address+"\n"+b.folder)))
}

// Take is what is done with a mail that came. nil lets it be marked as seen; an
// error leaves it for the next look.
type Take func(ctx context.Context, raw []byte) (refused bool, err error)

// Run fetches until ctx ends. A mail is marked only after take has kept it.
func (b Box) Run(ctx context.Context, take Take, log interface{ Printf(string, ...any) }) {
	pause := again
	for ctx.Err() == nil {
		begun := time.Now()
		err := b.session(ctx, take, log)
		if ctx.Err() != nil {
			return
		}
		if time.Since(begun) > longest {
			pause = again
		}
		log.Printf("mail: imap %s: %v", b.host, err)
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
		pause = min(2*pause, longest)
	}
}

// open connects, signs in and opens the folder.
func (b Box) open(ctx context.Context) (*client.Client, error) {
	d := &net.Dialer{Timeout: b.answer}
	config := &tls.Config{ServerName: b.host, MinVersion: tls.VersionTLS12, RootCAs: b.roots}
	conn, err := d.DialContext(ctx, "tcp", b.address)
	if err != nil {
		return nil, err
	}
	if b.implicit {
		conn = tls.Client(conn, config)
	}
	c, err := client.New(conn)
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	c.Timeout, c.ErrorLog = b.answer, silent{} // it bounds waiting for news, too
	err = b.enter(c, config)
	if err != nil {
		return nil, errors.Join(err, c.Terminate())
	}
	return c, nil
}

type silent struct{}

func (silent) Printf(string, ...any) {}
func (silent) Println(...any)        {}

func (b Box) enter(c *client.Client, config *tls.Config) error {
	if !b.implicit && !local(b.host) {
		if err := c.StartTLS(config); err != nil {
			return fmt.Errorf("start TLS: %w", err)
		}
	}
	if err := c.Login(b.user, b.password); err != nil {
		return fmt.Errorf("sign in as %s: %w", b.user, err)
	}
	if _, err := c.Select(b.folder, false); err != nil {
		return fmt.Errorf("open folder %s: %w", b.folder, err)
	}
	return nil
}

// local says whether a host is this machine.
func local(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// session looks into the folder, and again whenever the server has news.
func (b Box) session(ctx context.Context, take Take, log interface{ Printf(string, ...any) }) error {
	c, err := b.open(ctx)
	if err != nil {
		return err
	}
	put := later{}
	news := make(chan client.Update, 100)
	c.Updates = news
	defer context.AfterFunc(ctx, func() { _ = c.Terminate() })() // whatever it waits for, it waits no longer
	for {
		left, more, err := b.look(ctx, c, take, log, put)
		if err != nil {
			return errors.Join(err, c.Terminate())
		}
		if more && ctx.Err() == nil {
			continue
		}
		pause := b.news
		if left {
			pause = min(pause, retry)
		}
		if err := idle(ctx, c, news, pause); err != nil {
			return errors.Join(err, c.Terminate())
		}
		if ctx.Err() != nil {
			return c.Logout()
		}
	}
}

// idle waits for news (RFC 2177), or for the time to be over.
func idle(ctx context.Context, c *client.Client, news <-chan client.Update, pause time.Duration) error {
	stop, done := make(chan struct{}), make(chan error, 1)
	go func() { done <- c.Idle(stop, &client.IdleOptions{PollInterval: 30 * time.Second}) }()
	t := time.NewTimer(pause)
	defer t.Stop()
	for {
		select {
		case err := <-done:
			return err
		case u := <-news:
			if _, ok := u.(*client.MailboxUpdate); !ok {
				continue
			}
		case <-t.C:
		case <-ctx.Done():
		}
		close(stop)
		for { // the library waits until its news are read
			select {
			case err := <-done:
				return err
			case <-news:
			}
		}
	}
}

// later are the messages that could not be taken, and when they have their next
// turn. Meanwhile they are in nobody's way.
type later map[uint32]time.Time

// due are the messages whose turn it is, at most so many; more says that it is others', too.
func (l later) due(uids []uint32, now time.Time, most int) (due []uint32, more bool) {
	for _, uid := range uids {
		if now.Before(l[uid]) {
			continue
		}
		if len(due) == most {
			return due, true
		}
		due = append(due, uid)
	}
	return due, false
}

// look takes what nobody has seen. left says that some are to be looked at again
// later, more that there are others to be looked at now.
func (b Box) look(ctx context.Context, c *client.Client, take Take, log interface{ Printf(string, ...any) }, put later) (left, more bool, err error) {
	criteria := imap.NewSearchCriteria()
	criteria.WithoutFlags = []string{imap.SeenFlag, imap.DeletedFlag}
	uids, err := c.UidSearch(criteria)
	if err != nil {
		return false, false, fmt.Errorf("search: %w", err)
	}
	due, more := put.due(uids, time.Now(), atOnce)
	for _, uid := range due {
		if ctx.Err() != nil {
			return false, false, nil
		}
		raw, err := fetch(c, uid)
		if err != nil {
			return false, false, err
		}
		if raw == nil { // somebody has deleted it
			continue
		}
		refused, err := take(ctx, raw)
		if err != nil {
			log.Printf("mail: message %d stays where it is: %v", uid, err)
			put[uid] = time.Now().Add(retry)
			continue
		}
		delete(put, uid)
		if err := b.settle(c, uid, refused); err != nil {
			return false, false, err
		}
	}
	return len(put) > 0, more, nil
}

// fetch gives one message. One that is too large is cut: what reads it refuses it by its size.
func fetch(c *client.Client, uid uint32) ([]byte, error) {
	section := &imap.BodySectionName{Peek: true, Partial: []int{0, api.MaxMail + 1}}
	set := new(imap.SeqSet)
	set.AddNum(uid)
	messages := make(chan *imap.Message, 8)
	done := make(chan error, 1)
	go func() { done <- c.UidFetch(set, []imap.FetchItem{section.FetchItem()}, messages) }()
	var raw []byte
	var broken error
	for m := range messages {
		for _, body := range m.Body { // one was asked for
			if raw == nil {
				raw, broken = io.ReadAll(body)
			}
		}
	}
	if err := errors.Join(<-done, broken); err != nil {
		return nil, fmt.Errorf("fetch message %d: %w", uid, err)
	}
	return raw, nil
}

// settle marks a message as seen, a refused one as flagged, too, and moves it where it shall be.
func (b Box) settle(c *client.Client, uid uint32, refused bool) error {
	set := new(imap.SeqSet)
	set.AddNum(uid)
	flags := []any{imap.SeenFlag}
	if refused {
		flags = append(flags, imap.FlaggedFlag)
	}
	if err := c.UidStore(set, imap.FormatFlagsOp(imap.AddFlags, true), flags, nil); err != nil {
		return fmt.Errorf("mark message %d: %w", uid, err)
	}
	if b.Done == "" || refused {
		return nil
	}
	if err := c.UidMove(set, b.Done); err != nil {
		return fmt.Errorf("move message %d to %s: %w", uid, b.Done, err)
	}
	return nil
}
