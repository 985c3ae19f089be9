// Package problem turns an error into what a person reads: one sentence that says what happened and why, one that says what to do, and an exit code.
package problem

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"syscall"
	"text/template"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/diag"
	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/redact"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/screen"
)

// Problem is an error as a person meets it. Sentence and Hint are English
// templates and at the same time the keys of their translations; Data fills
// them.
type Problem struct {
	Sentence string
	Hint     string
	Exit     int // process exit code, 1 to 9
	Data     map[string]any
	Err      error // the whole chain, for the log
}

// Usage is a mistake on the command line; Reason is shown as it stands.
type Usage struct{ Reason string }

func (u *Usage) Error() string { return u.Reason }

// Unredacted is a file in which secrets and names could not be replaced.
type Unredacted struct {
	File string
	Why  string // in words
}

func (u *Unredacted) Error() string { return u.File + " was not redacted: " + u.Why }

// Record is a session's record that does not hold, or two that differ; Why is
// said in the person's language.
type Record struct{ Why string }

func (r *Record) Error() string { return r.Why }

// OtherDesk is a desk that signs by another key than the one that is known.
type OtherDesk struct {
	Desk string // its address
	File string // where the known key is kept; "": in the vendor's profile
}

func (o *OtherDesk) Error() string {
	return "desk " + o.Desk + ": it signs by another key than the known one"
}

// Operator is an error of a command whose reader runs the desk.
type Operator struct{ Err error }

func (o *Operator) Error() string { return o.Err.Error() }

// Unwrap gives what went wrong.
func (o *Operator) Unwrap() error { return o.Err }

// Unwell says that checks failed which have been told one by one.
type Unwell struct{ Desk bool } // the way to the desk is among them

func (u *Unwell) Error() string { return "checks failed" }

// Of finds the words for err. It knows every error that our packages name;
// whatever is left is shown with its own text, never hidden.
func Of(err error) Problem {
	k, data := classify(err)
	if data == nil {
		data = map[string]any{}
	}
	if _, set := data["Why"]; !set {
		data["Why"] = root(err)
	}
	w := words[k]
	return Problem{Sentence: w.sentence, Hint: w.hint, Exit: w.exit, Data: data, Err: err}
}

// Text gives sentence and hint in one paragraph; translate may be nil for English.
func (p Problem) Text(translate func(key string) string) string {
	if translate == nil {
		translate = func(key string) string { return key }
	}
	return Fill(translate(p.Sentence), p.Data) + " " + Fill(translate(p.Hint), p.Data)
}

// Fill puts data into one translated template; a template that does not parse
// is shown as it is rather than not at all.
func Fill(text string, data map[string]any) string {
	t, err := template.New("").Option("missingkey=zero").Parse(text)
	if err != nil {
		return text
	}
	var b strings.Builder
	if err := t.Execute(&b, data); err != nil {
		return text
	}
	return b.String()
}

// Texts lists every sentence and hint, so that a test can ask for their translations.
func Texts() []string {
	var all []string
	for _, w := range words {
		all = append(all, w.sentence, w.hint)
	}
	return all
}

func classify(err error) (kind, map[string]any) {
	var (
		usage       *Usage
		faulty      *Record
		unwell      *Unwell
		other       *OtherDesk
		unreachable *client.Unreachable
		refused     *client.Error
		profile     *diag.ProfileError
		format      *bundle.FormatError
		insecure    *client.InsecureError
		path        *fs.PathError
		unredacted  *Unredacted
	)
	switch {
	case errors.As(err, &usage):
		return badUsage, nil
	case errors.As(err, &faulty):
		return badRecord, map[string]any{"Why": faulty.Why}
	case errors.As(err, &unwell):
		if unwell.Desk {
			return unwellDesk, nil
		}
		return unwellHere, nil
	case errors.As(err, &other):
		if other.File == "" {
			return notTheProfiles, map[string]any{"Desk": other.Desk}
		}
		return otherDesk, map[string]any{"Desk": other.Desk, "File": other.File}
	case errors.As(err, &unreachable):
		return deskUnreachable, map[string]any{"Desk": unreachable.Desk, "Why": root(unreachable.Err)}
	case errors.As(err, &refused):
		return refusal(refused), map[string]any{"Why": refused.Message}
	case errors.As(err, &insecure):
		return plainHTTP, nil
	case errors.As(err, &profile):
		if profile.Line == 0 {
			return badProfile, map[string]any{"File": profile.File, "Why": profile.Reason}
		}
		return badProfileAt, map[string]any{"File": profile.File, "Line": profile.Line, "Column": profile.Column, "Why": profile.Reason}
	case errors.As(err, &format):
		return badBundle, map[string]any{"Why": format.Unwrap().Error()}
	case errors.As(err, &unredacted):
		return notRedacted, map[string]any{"File": unredacted.File, "Why": unredacted.Why}
	case errors.Is(err, redact.ErrNotNames), errors.Is(err, redact.ErrNewerNames):
		return badNames, nil
	case errors.Is(err, syscall.ENOSPC):
		return diskFull, nil
	case errors.Is(err, context.Canceled):
		return cancelled, nil
	}
	for _, s := range sentinels {
		if errors.Is(err, s.err) {
			return s.kind, nil
		}
	}
	if errors.As(err, &path) {
		data := map[string]any{"File": path.Path}
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return fileMissing, data
		case errors.Is(err, fs.ErrPermission):
			return fileForbidden, data
		}
	}
	if operator := (*Operator)(nil); errors.As(err, &operator) {
		return onDesk, map[string]any{"Why": err.Error()}
	}
	return unknown, map[string]any{"Why": err.Error()}
}

var sentinels = []struct {
	err  error
	kind kind
}{
	{session.ErrWrongCode, wrongCode},
	{session.ErrBadCode, badCode},
	{session.ErrNotThisSession, otherSession},
	{session.ErrRefused, consentRefused},
	{session.ErrExpired, codeExpired},
	{session.ErrPeerLeft, peerLeft},
	{session.ErrNoConnection, noConnection},
	{session.ErrConnectionLost, connectionLost},
	{session.ErrDesk, deskEnded},
	{session.ErrTampered, tampered},
	{session.ErrNoRecord, noRecord},
	{session.ErrIdle, idle},
	{session.ErrTooLong, tooLong},
	{session.ErrRecordFull, recordFull},
	{session.ErrInvitation, badInvitation},
	{session.ErrDeskKey, badInvitation},
	{session.ErrCannotGive, nothingToGive},
	{session.ErrQuestions, questionTooSoon},
	{session.ErrNoRight, rightNotGiven},
	{session.ErrHeld, isHeld},
	{session.ErrBusy, tooQuick},
	{session.ErrNotWanted, notTaken},
	{session.ErrTooLarge, fileTooLarge},
	{session.ErrTooMany, tooManyFiles},
	{session.ErrCannotRead, fileUnread},
	{session.ErrCannotStore, fileUnstored},
	{session.ErrWrongSum, fileAltered},
	{screen.ErrUnavailable, noScreen},
}

func refusal(e *client.Error) kind {
	switch e.Kind {
	case api.KindUnauthorized:
		return signedOut
	case api.KindForbidden:
		return forbidden
	case api.KindNotFound:
		return notFound
	case api.KindGone:
		return gone
	case api.KindTooLarge:
		return tooLarge
	case api.KindChecksum:
		return damaged
	case api.KindTooMany:
		return tooMany
	case api.KindNoSpace:
		return deskFull
	case api.KindInternal:
		return deskBroken
	}
	return deskRefused
}

// root is the innermost error's text: the cause without our own wrapping.
func root(err error) string {
	if err == nil {
		return ""
	}
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return err.Error()
		}
		err = next
	}
}
