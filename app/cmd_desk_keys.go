package app

import (
	"fmt"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/people"
)

type staffKeys struct {
	List   keysList   `cmd:"" help:"List the keys; their secrets are kept nowhere."`
	Add    keysAdd    `cmd:"" help:"Make a key and print its secret, once."`
	Revoke keysRevoke `cmd:"" help:"Make a key worthless, and end what is done with it."`
}

type keysList struct{ deskDatabase }

func (k *keysList) Run(e *env) error {
	return k.onStaff(e, func(l people.Local) error {
		all, err := l.Keys(e.ctx)
		if err != nil {
			return err
		}
		for _, k := range all {
			used := "never used"
			if k.Used != nil {
				used = "used " + k.Used.Format(time.DateOnly)
			}
			if _, err := fmt.Fprintf(forTerminal(e.out), "%s\t%s\t%v\tuntil %s\t%s\n", k.ID, k.Name, k.Scopes, k.Expires.Format(time.DateOnly), used); err != nil {
				return err
			}
		}
		return nil
	})
}

type keysAdd struct {
	deskDatabase

	Name  string   `arg:"" help:"What it is for."`
	Scope []string `required:"" help:"read, write, upload, customers, bugs, intake, metrics or admin; may be given more than once." placeholder:"SCOPE"`
	Days  int      `help:"How many days it holds." default:"365"`
}

func (k *keysAdd) Run(e *env) error {
	n := api.NewKey{Name: k.Name, Expires: time.Now().AddDate(0, 0, k.Days)}
	for _, s := range k.Scope {
		n.Scopes = append(n.Scopes, api.Scope(s))
	}
	return k.onStaff(e, func(l people.Local) error {
		made, err := l.AddKey(e.ctx, n)
		if err != nil {
			return fmt.Errorf("make key: %w", err)
		}
		_, err = fmt.Fprintln(e.out, made.Secret)
		return err
	})
}

type keysRevoke struct {
	deskDatabase

	ID string `arg:"" name:"id" help:"As the list shows it."`
}

func (k *keysRevoke) Run(e *env) error {
	if err := k.onStaff(e, func(l people.Local) error { return l.DropKey(e.ctx, k.ID) }); err != nil {
		return fmt.Errorf("revoke key %s: %w", k.ID, err)
	}
	_, err := fmt.Fprintf(e.out, "The key %s opens nothing any more.\n", k.ID)
	return err
}
