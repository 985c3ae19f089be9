package collect

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os/user"
	"runtime"
	"strings"
	"time"

	gohost "github.com/shirou/gopsutil/v3/host"
)

// users is who is logged in. Newer Linux systems keep no utmp; there
// loginctl is asked.
type users struct {
	utmp     func(context.Context) ([]gohost.UserStat, error) // nil: only the present user is told
	loginctl string
}

func newUsers() users {
	if runtime.GOOS == "windows" {
		return users{} // gopsutil reads no list there
	}
	return users{utmp: gohost.UsersWithContext, loginctl: "loginctl"}
}

const noUsers = "this system keeps no list of logged-in users"

// UsersFacts is who is logged in.
type UsersFacts struct {
	Users []UserFacts `json:"users"`
	Note  string      `json:"note,omitempty"`
}

// UserFacts is one person's session.
type UserFacts struct {
	Name     string     `json:"name"`
	Terminal string     `json:"terminal,omitempty"`
	From     string     `json:"from,omitempty"`
	Since    *time.Time `json:"since_time,omitempty"`
}

func (users) Name() string  { return "users" }
func (users) Title() string { return titleUsers }

func (u users) Collect(ctx context.Context, s Sink) error {
	f := UsersFacts{Users: []UserFacts{}}
	if u.utmp == nil {
		me, err := user.Current()
		if err != nil {
			return absent(noUsers)
		}
		f.Users, f.Note = append(f.Users, UserFacts{Name: me.Username}), "this system names only the present user"
		return writeFacts(s, "system/users.json", titleUsers, f)
	}
	list, err := u.utmp(ctx)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if f.Users, err = u.ask(ctx); err != nil {
			return err
		}
	case err != nil:
		return fmt.Errorf("list the logged-in users: %w", err)
	}
	for _, one := range list {
		f.Users = append(f.Users, UserFacts{Name: one.User, Terminal: one.Terminal, From: one.Host, Since: unixTime(int64(one.Started))})
	}
	return writeFacts(s, "system/users.json", titleUsers, f)
}

// ask has loginctl list the sessions: number, user's number, user, seat, ..., terminal.
func (u users) ask(ctx context.Context) ([]UserFacts, error) {
	out, err := run(ctx, 1<<20, u.loginctl, "list-sessions", "--no-legend", "--no-pager")
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, absent(noUsers)
	}
	list := []UserFacts{}
	for line := range strings.Lines(string(out.bytes())) {
		if fields := strings.Fields(line); len(fields) >= 3 {
			list = append(list, UserFacts{Name: fields[2]})
		}
	}
	return list, nil
}
