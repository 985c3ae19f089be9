package problem

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"testing"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/diag"
	"github.com/beistand/beistand/session"
)

func TestEveryErrorSaysWhatWhyAndWhatToDo(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want string
		exit int
	}{
		"desk away":     {&client.Unreachable{Desk: "https://d.example", Err: errors.New("no route")}, "https://d.example does not answer: no route", ExitUnreachable},
		"desk full":     {&client.Error{Status: 507, Kind: api.KindNoSpace}, "no room left", ExitRefused},
		"signed out":    {&client.Error{Status: 401, Kind: api.KindUnauthorized, Message: "unknown name or wrong password"}, "unknown name or wrong password", ExitRefused},
		"own disk full": {fmt.Errorf("write bundle: %w", syscall.ENOSPC), "disk is full", ExitDiskFull},
		"bad profile":   {&diag.ProfileError{File: "p.yaml", Line: 3, Column: 7, Reason: "it is not YAML"}, "p.yaml cannot be used, line 3, column 7: it is not YAML", ExitBadInput},
		"empty profile": {&diag.ProfileError{File: "p.yaml", Reason: "it is empty"}, "p.yaml cannot be used: it is empty", ExitBadInput},
		"wrong code":    {fmt.Errorf("join: %w", session.ErrWrongCode), "used up", ExitSession},
		"no way":        {&Unwell{Desk: true}, "way to the desk", ExitUnreachable},
		"no screen":     {&Unwell{}, "Not everything works", ExitSession},
		"bad record":    {&Record{Why: "it is cut short"}, "it is cut short. Do not rely", ExitBadInput},
		"full record":   {session.ErrRecordFull, "was full", ExitSession},
		"unsigned":      {fmt.Errorf("%w: why", session.ErrInvitation), "not signed", ExitSession},
		"another key":   {session.ErrDeskKey, "not signed", ExitSession},
		"nothing there": {fmt.Errorf("%w: logs", session.ErrCannotGive), "nothing of what", ExitSession},
		"refused":       {session.ErrRefused, "did not allow", ExitSession},
		"missing file":  {&fs.PathError{Op: "open", Path: "a.log", Err: fs.ErrNotExist}, "no file a.log", ExitNotFound},
		"never seen":    {errors.New("the moon is in the way"), "the moon is in the way", ExitUnexpected},
	} {
		t.Run(name, func(t *testing.T) {
			p := Of(c.err)
			got := p.Text(nil)
			if !strings.Contains(got, c.want) {
				t.Errorf("got %q, want it to contain %q", got, c.want)
			}
			if strings.Contains(got, "<no value>") || strings.Contains(got, "{{") {
				t.Errorf("a hole is left in %q", got)
			}
			if p.Exit != c.exit {
				t.Errorf("exit code %d, want %d", p.Exit, c.exit)
			}
		})
	}
}

func TestEveryKindHasWords(t *testing.T) {
	for k := unknown; k <= unwellHere; k++ {
		w, ok := words[k]
		if !ok || w.sentence == "" || w.hint == "" || w.exit == 0 {
			t.Errorf("kind %d has no complete wording: %+v", k, w)
		}
	}
}

func TestForeignTextIsNotATemplate(t *testing.T) {
	p := Of(&client.Error{Kind: api.KindInvalid, Message: "{{.Secret}} <b>"})
	if got := p.Text(nil); !strings.Contains(got, "{{.Secret}} <b>") {
		t.Errorf("got %q", got)
	}
}
