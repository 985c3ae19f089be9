package people

import (
	"context"
	"errors"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
	kept "github.com/beistand/beistand/app/desk/store/people"
)

// maxRefusals is how many refusals wait to be written down. Checking passwords
// takes longer than writing; more are logged alone.
const maxRefusals = 256

// refusal is that somebody could not sign in as a member of staff.
type refusal struct {
	user, how, from string
	at              time.Time
}

// refused has a refusal written down by Run. It takes as long for a name that
// there is as for another.
func (p *People) refused(user, how, from string) {
	select {
	case p.refusals <- refusal{user, how, from, p.Now()}:
	default:
		p.Log.Printf("many sign-ins are refused: that from %s is not in the journal", from)
	}
}

// Run writes down what was refused, until ctx ends and nothing waits.
func (p *People) Run(ctx context.Context) {
	for {
		select {
		case r := <-p.refusals:
			p.write(context.WithoutCancel(ctx), r)
			continue
		default:
		}
		select {
		case r := <-p.refusals:
			p.write(context.WithoutCancel(ctx), r)
		case <-ctx.Done():
			return
		}
	}
}

// write keeps a refusal in the journal. What nobody is called is not kept: it
// may be a password in the wrong field.
func (p *People) write(ctx context.Context, r refusal) {
	err := p.tx(ctx, func(tx *db.Tx) error {
		of, err := kept.Member(ctx, tx, r.user)
		if errors.Is(err, db.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		return Note(ctx, tx, r.at, api.Actor{Kind: api.ActorDesk}, 0, "staff.refused", "staff/"+of.User, map[string]string{"how": r.how, "from": r.from})
	})
	if err != nil {
		p.Log.Printf("write down that a sign-in was refused: %v", err)
	}
}
