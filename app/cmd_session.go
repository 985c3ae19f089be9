package app

import (
	"errors"
	"fmt"
	"os"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/problem"
	"github.com/beistand/beistand/assets"
	"github.com/beistand/beistand/session/record"
)

// sessionCommands look after what sessions leave behind.
type sessionCommands struct {
	Verify sessionVerify `cmd:"" help:"Say whether a session's record holds and is whole, and whether two copies tell the same."`
	Fetch  sessionFetch  `cmd:"" help:"Fetch the desk's copy of a session's record. For staff."`
}

type sessionVerify struct {
	Files []string `arg:"" help:"The record; a second file is another copy of it, such as the desk's." placeholder:"FILE" type:"path"`
	JSON  bool     `name:"json" help:"Print JSON."`
}

// verdict is what verify found, for programs.
type verdict struct {
	Holds  bool    `json:"holds"`  // each copy by itself
	Whole  bool    `json:"whole"`  // each copy has an end
	Agree  *bool   `json:"agree"`  // null for one copy
	Common int     `json:"common"` // entries that all copies have
	Copies []tally `json:"copies"`
	Says   string  `json:"says"` // in the person's language
}

// tally is one copy.
type tally struct {
	File          string `json:"file"`
	Session       string `json:"session,omitempty"`
	Ticket        int64  `json:"ticket,omitempty"`
	Entries       int    `json:"entries"`
	Countersigned int    `json:"countersigned"`
	Ended         bool   `json:"ended"`
	Head          string `json:"head,omitempty"` // the last entry's SHA-256
	Line          int    `json:"line,omitempty"` // the first that does not hold
	Fault         string `json:"fault,omitempty"`
}

// Run is the command: the sentence on standard output when all is well, and
// the program's error when it is not.
func (s *sessionVerify) Run(e *env) error {
	if len(s.Files) > 2 {
		return &problem.Usage{Reason: "Give one record, or two copies of it"}
	}
	v, good, err := s.verify(assets.Translator(e.language))
	if err != nil {
		return err
	}
	if s.JSON {
		if err := writeJSON(e.out, v); err != nil {
			return err
		}
	}
	switch {
	case !good:
		return &problem.Record{Why: v.Says}
	case !s.JSON:
		_, err = fmt.Fprintf(e.out, "%s.\n", v.Says)
	}
	return err
}

func (s *sessionVerify) verify(t func(string) string) (v verdict, good bool, err error) {
	v.Holds, v.Whole = true, true
	var chains []*record.Chain
	for _, path := range s.Files {
		c, err := readRecord(path)
		var fault *record.Fault
		switch {
		case err == nil:
		case errors.As(err, &fault):
			v.Holds, v.Says = false, said(v, t, faultAt, "File", path, "Line", fault.Line, "Why", t(fault.Err.Error()))
		case errors.Is(err, record.ErrEmpty), errors.Is(err, record.ErrFull):
			why := record.ErrEmpty
			if errors.Is(err, record.ErrFull) {
				why = record.ErrFull
			}
			v.Holds, v.Says = false, said(v, t, noRecordAtAll, "File", path, "Why", t(why.Error()))
		default:
			return v, false, err
		}
		f := c.First()
		one := tally{
			File: path, Session: f.Session, Ticket: f.Ticket, Entries: c.Len(), Countersigned: c.Countersigned(),
			Ended: c.Ended(), Head: c.Head(),
		}
		if fault != nil {
			one.Line, one.Fault = fault.Line, fault.Err.Error()
		}
		v.Whole = v.Whole && c.Ended()
		v.Copies, chains = append(v.Copies, one), append(chains, c)
	}
	if len(chains) == 2 {
		how, at := record.Compare(chains[0], chains[1])
		agree := how == record.Same
		v.Common, v.Agree = at, &agree
		if v.Holds {
			v.Says = compared(t, how, at, v.Copies)
		}
		return v, v.Holds && v.Whole && agree, nil
	}
	v.Common = chains[0].Len()
	if v.Holds {
		v.Says = single(t, chains[0], v.Copies[0])
	}
	return v, v.Holds && v.Whole, nil
}

// readRecord reads a file that may be anybody's.
func readRecord(path string) (*record.Chain, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read the record: %w", err)
	}
	defer f.Close()
	return record.Read(f)
}

type sessionFetch struct {
	staffSignIn

	Ticket  int64  `arg:"" help:"The ticket's number."`
	Session string `help:"The session's identifier; default is the ticket's newest." placeholder:"ID"`
	Output  string `short:"o" required:"" help:"Where it goes." placeholder:"FILE" type:"path"`
}

// Run writes what the desk has, whatever it is: verify judges it.
func (s *sessionFetch) Run(e *env) error {
	c, done, err := s.open(e)
	if err != nil {
		return err
	}
	defer done()
	id := s.Session
	if id == "" {
		k, err := c.Ticket(e.ctx, s.Ticket)
		if err != nil {
			return fmt.Errorf("show ticket %d: %w", s.Ticket, err)
		}
		if len(k.Sessions) == 0 {
			return &client.Error{Kind: api.KindNotFound, Message: fmt.Sprintf("ticket %d has no session", s.Ticket)}
		}
		id = k.Sessions[len(k.Sessions)-1].ID
	}
	text, err := c.Record(e.ctx, id)
	if err != nil {
		return fmt.Errorf("fetch the session's record: %w", err)
	}
	f, err := os.OpenFile(s.Output, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return &problem.Usage{Reason: fmt.Sprintf("There is a file %s already; choose another name", s.Output)}
	}
	if err != nil {
		return fmt.Errorf("write the record: %w", err)
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(fmt.Errorf("write the record: %w", err), os.Remove(s.Output))
	}
	_, err = fmt.Fprintln(e.out, s.Output)
	return err
}
