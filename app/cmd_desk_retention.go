package app

import (
	"errors"
	"fmt"
	"time"

	"github.com/beistand/beistand/app/desk/retention"
	"github.com/beistand/beistand/app/problem"
)

// deskRetention are the rules of what is deleted, for the desk and for the command.
type deskRetention struct {
	Retention []retention.Rule `env:"BEISTAND_RETENTION" help:"How many days after its ticket's closing something is kept: bundles=90, files=, mails=, texts=, journal= (details), each also of one kind of ticket: bundles:wish=30. May be given more than once." placeholder:"RULE"`
}

type retentionCommand struct {
	deskDatabase
	deskRetention

	DryRun bool `help:"Only tell what would be deleted."`
}

func (r *retentionCommand) Help() string {
	return "Goes through the rules once. A desk that is started with rules does so every hour by itself. Each deletion is on its ticket, with its reason, and in the journal."
}

func (r *retentionCommand) Run(e *env) (err error) {
	if len(r.Retention) == 0 {
		return &problem.Usage{Reason: "No rule is given; --retention bundles=90 is one"}
	}
	if err := retention.Check(r.Retention); err != nil {
		return &problem.Usage{Reason: err.Error()}
	}
	p, err := placesFor(e.settings.Data)
	if err != nil {
		return err
	}
	if err := p.make(); err != nil {
		return err
	}
	s, err := r.open(e.ctx, p)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	do, n := retention.Run, 0
	if r.DryRun {
		do = retention.Plan
	}
	err = do(e.ctx, retention.Config{Store: s, Rules: r.Retention, Now: time.Now}, func(d retention.Deleted) {
		n++
		fmt.Fprintf(forTerminal(e.out), "ticket %d\t%s\t%s\n", d.Ticket, d.Rule, d.What)
	})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(e.out, "%d in all\n", n)
	return err
}
