package outbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/beistand/beistand/app/desk/store/db"
	kept "github.com/beistand/beistand/app/desk/store/mail"
)

// How mails are tried.
const (
	atOnce   = 20               // mails on one connection
	lease    = 15 * time.Minute // after this a desk that took mails is not sending them any more
	first    = time.Minute      // until the second try; doubled each time
	longest  = 2 * time.Hour
	patience = 48 * time.Hour // then it will not arrive
	look     = 500 * time.Millisecond
)

// Queue sends what is in the outbox.
type Queue struct {
	DB     *db.DB
	Server Server
	Now    func() time.Time
	Log    interface{ Printf(string, ...any) }

	// Open reads a file of a ticket that goes with a letter.
	Open func(ctx context.Context, ticket int64, id string) (File, error)
	// Failed is done in the transaction that gives a mail up.
	Failed func(ctx context.Context, tx *db.Tx, m kept.Mail, reason string) error
}

// Run sends until ctx ends. kick makes it look at once.
func (q *Queue) Run(ctx context.Context, kick <-chan struct{}) {
	tick := time.NewTicker(look)
	defer tick.Stop()
	for ctx.Err() == nil {
		more, err := q.Step(ctx)
		if err != nil && ctx.Err() == nil {
			q.Log.Printf("mail: %v", err)
		}
		if more && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
		case <-kick:
		case <-tick.C:
		}
	}
}

// Step sends what is due, up to atOnce of it. more says that others may wait.
func (q *Queue) Step(ctx context.Context) (more bool, err error) {
	var due []kept.Mail
	var one int
	err = q.DB.QueryRowContext(ctx, "SELECT count(*) FROM (SELECT 1 FROM mails WHERE next <= ? LIMIT 1) AS due", db.Micros(q.Now())).Scan(&one)
	if err != nil || one == 0 {
		return false, db.Named(err)
	}
	err = q.DB.Tx(ctx, func(tx *db.Tx) error {
		due, err = kept.Claim(ctx, tx, q.Now(), q.Now().Add(lease), atOnce)
		return err
	})
	if err != nil || len(due) == 0 {
		return false, err
	}
	line, err := q.Server.Open(ctx)
	if err != nil {
		for _, m := range due {
			err = errors.Join(err, q.later(ctx, m, err))
		}
		return false, err
	}
	for _, m := range due {
		if line == nil {
			if line, err = q.Server.Open(ctx); err != nil {
				return false, errors.Join(err, q.later(ctx, m, err))
			}
		}
		var broken bool
		if broken, err = q.send(ctx, line, m); broken {
			_ = line.Close() // it is broken already
			line = nil
		}
		if err != nil {
			break
		}
	}
	if line != nil {
		_ = line.Close() // every mail was answered for by now
	}
	return len(due) == atOnce, err
}

// send hands one mail over and keeps what became of it. broken is the connection.
func (q *Queue) send(ctx context.Context, line *Line, m kept.Mail) (broken bool, err error) {
	letter, files, err := q.letter(ctx, m)
	if err == nil {
		err = line.Send(letter, files)
	}
	var refused *RefusedError
	switch {
	case err == nil:
		return false, q.keep(ctx, func(ctx context.Context, tx *db.Tx) error { return kept.Sent(ctx, tx, m.ID, q.Now()) })
	case errors.As(err, &refused):
		return false, q.giveUp(ctx, m, refused.Reason)
	}
	return true, q.later(ctx, m, err)
}

func (q *Queue) letter(ctx context.Context, m kept.Mail) (l Letter, files []File, err error) {
	if err := json.Unmarshal(m.Content, &l); err != nil {
		return l, nil, &RefusedError{fmt.Sprintf("its content cannot be read: %v", err)}
	}
	for _, id := range l.Files {
		f, err := q.Open(ctx, m.Ticket, id)
		if err != nil {
			return l, nil, err
		}
		files = append(files, f)
	}
	return l, files, nil
}

// later tries again after a while that doubles, or gives up.
func (q *Queue) later(ctx context.Context, m kept.Mail, why error) error {
	now := q.Now()
	if now.Sub(m.At) > patience {
		return q.giveUp(ctx, m, why.Error())
	}
	wait := min(first<<min(m.Tries-1, 20), longest)
	return q.keep(ctx, func(ctx context.Context, tx *db.Tx) error {
		return kept.Later(ctx, tx, m.ID, said(why.Error()), now.Add(wait))
	})
}

// keep writes down what became of a mail, also while the desk stops. One whose
// ticket was deleted meanwhile is nobody's any more.
func (q *Queue) keep(ctx context.Context, fn func(context.Context, *db.Tx) error) error {
	ctx = context.WithoutCancel(ctx)
	if err := q.DB.Tx(ctx, func(tx *db.Tx) error { return fn(ctx, tx) }); !errors.Is(err, db.ErrNotFound) {
		return err
	}
	return nil
}

// said is what another machine said, as it is kept: one line.
func said(s string) string {
	s = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, ""), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	if r := []rune(s); len(r) > 500 {
		return string(r[:500]) + "…"
	}
	return s
}

func (q *Queue) giveUp(ctx context.Context, m kept.Mail, why string) error {
	why = said(why)
	return q.keep(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := kept.Failed(ctx, tx, m.ID, why); err != nil {
			return err
		}
		return q.Failed(ctx, tx, m, why)
	})
}
