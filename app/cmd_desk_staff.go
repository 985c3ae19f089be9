package app

import (
	"errors"
	"fmt"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/people"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/problem"
)

// staffCommands look after people and keys, here on the desk's machine. A desk that runs heeds them at once.
type staffCommands struct {
	Add      staffAdd      `cmd:"" help:"Make a member of staff."`
	List     staffList     `cmd:"" help:"List the staff."`
	Roles    staffRoles    `cmd:"" help:"Give a member of staff other roles."`
	Password staffPassword `cmd:"" help:"Give a member of staff another password, and sign them out everywhere."`
	Disable  staffDisable  `cmd:"" help:"Keep a member of staff out, and sign them out everywhere."`
	Enable   staffEnable   `cmd:"" help:"Let a member of staff in again."`
	Factors  staffFactors  `cmd:"" help:"Second factors of sign-ins."`
	Keys     staffKeys     `cmd:"" help:"Keys that programs use the desk with."`
}

// onStaff does something with the desk's people, without the desk.
func (d deskDatabase) onStaff(e *env, fn func(people.Local) error) (err error) {
	p, err := placesFor(e.settings.Data)
	if err != nil {
		return err
	}
	if err := p.make(); err != nil {
		return err
	}
	db, err := store.Open(e.ctx, deskFolder(p), d.options())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return fn(people.Local{People: db.People()})
}

func password(e *env) (string, error) {
	word, err := firstLine(e, "-")
	if err != nil {
		return "", err
	}
	if len([]rune(word)) < api.MinPasswordSize {
		return "", &problem.Usage{Reason: "A password needs at least 8 characters, given as one line on standard input"}
	}
	return word, nil
}

func roles(names []string) ([]api.Role, error) {
	var all []api.Role
	for _, name := range names {
		known := false
		for _, r := range api.Roles {
			known = known || string(r) == name
		}
		if !known {
			return nil, &problem.Usage{Reason: fmt.Sprintf("%q is not a role: supporter, dispatcher, editor, level2 or administrator", name)}
		}
		all = append(all, api.Role(name))
	}
	return all, nil
}

type staffAdd struct {
	deskDatabase

	Name        string   `arg:"" help:"Name to sign in with."`
	DisplayName string   `help:"Name that customers see; default is the same." placeholder:"NAME"`
	Role        []string `help:"supporter, dispatcher, editor, level2 or administrator; may be given more than once." default:"supporter" placeholder:"ROLE"`
	Email       string   `help:"Address; the OpenID provider's verified one lets them in." placeholder:"ADDRESS"`
	NoPassword  bool     `help:"They sign in at the OpenID provider alone."`
}

func (s *staffAdd) Help() string {
	return "Reads the password as one line from standard input. There is no setup page: whoever may run this command on the desk's machine is trusted."
}

func (s *staffAdd) Run(e *env) error {
	n := api.NewStaff{User: s.Name, Name: s.DisplayName, Email: s.Email}
	var err error
	if n.Roles, err = roles(s.Role); err != nil {
		return err
	}
	if n.Name == "" {
		n.Name = s.Name
	}
	if !s.NoPassword {
		if n.Password, err = password(e); err != nil {
			return err
		}
	}
	if err := s.onStaff(e, func(l people.Local) error { return l.Add(e.ctx, n) }); err != nil {
		return fmt.Errorf("make staff %s: %w", s.Name, err)
	}
	_, err = fmt.Fprintf(e.out, "%s can now sign in.\n", s.Name)
	return err
}

type staffList struct{ deskDatabase }

func (s *staffList) Run(e *env) error {
	return s.onStaff(e, func(l people.Local) error {
		all, err := l.Members(e.ctx)
		if err != nil {
			return err
		}
		for _, m := range all {
			var more []string
			for _, r := range m.Roles {
				more = append(more, string(r))
			}
			if m.Disabled {
				more = append(more, "(disabled)")
			}
			if m.Factors.TOTP {
				more = append(more, "+totp")
			}
			if _, err := fmt.Fprintf(forTerminal(e.out), "%s\t%s\t%s\n", m.User, m.Name, strings.Join(more, " ")); err != nil {
				return err
			}
		}
		return nil
	})
}

type staffRoles struct {
	deskDatabase

	Name  string   `arg:"" help:"Name to sign in with."`
	Roles []string `arg:"" help:"All the roles that they have from now on."`
}

func (s *staffRoles) Run(e *env) error {
	to, err := roles(s.Roles)
	if err != nil {
		return err
	}
	return s.changeStaff(e, s.Name, api.StaffChange{Roles: &to}, "has the roles "+strings.Join(s.Roles, ", "))
}

type staffPassword struct {
	deskDatabase

	Name string `arg:"" help:"Name to sign in with."`
}

func (s *staffPassword) Help() string {
	return "Reads the password as one line from standard input."
}

func (s *staffPassword) Run(e *env) error {
	word, err := password(e)
	if err != nil {
		return err
	}
	return s.changeStaff(e, s.Name, api.StaffChange{Password: &word}, "has another password")
}

type staffDisable struct {
	deskDatabase

	Name string `arg:"" help:"Name to sign in with."`
}

func (s *staffDisable) Run(e *env) error {
	yes := true
	return s.changeStaff(e, s.Name, api.StaffChange{Disabled: &yes}, "can sign in no more")
}

type staffEnable struct {
	deskDatabase

	Name string `arg:"" help:"Name to sign in with."`
}

func (s *staffEnable) Run(e *env) error {
	no := false
	return s.changeStaff(e, s.Name, api.StaffChange{Disabled: &no}, "can sign in again")
}

func (d deskDatabase) changeStaff(e *env, name string, c api.StaffChange, told string) error {
	if err := d.onStaff(e, func(l people.Local) error { return l.Change(e.ctx, name, c) }); err != nil {
		return fmt.Errorf("change staff %s: %w", name, err)
	}
	_, err := fmt.Fprintf(e.out, "%s %s.\n", name, told)
	return err
}

type staffFactors struct {
	Reset factorsReset `cmd:"" help:"Take all second factors of a member of staff away, who has lost them."`
}

type factorsReset struct {
	deskDatabase

	Name string `arg:"" help:"Name to sign in with."`
}

func (s *factorsReset) Run(e *env) error {
	if err := s.onStaff(e, func(l people.Local) error { return l.ResetFactors(e.ctx, s.Name) }); err != nil {
		return fmt.Errorf("reset factors of %s: %w", s.Name, err)
	}
	_, err := fmt.Fprintf(e.out, "%s signs in with the password alone.\n", s.Name)
	return err
}
