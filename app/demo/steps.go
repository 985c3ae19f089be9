package demo

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/beistand/beistand/app/demo/person"
)

// script counts the steps of a case, takes their pictures and tells of them.
type script struct {
	log   io.Writer
	shoot bool // a picture of each step
	begun time.Time
	steps []Step
	docs  string // folder for the documentation's pictures; "" takes none
}

// published are the steps that the documentation shows, and its pictures' names.
var published = map[string]string{
	"customer-sees-password": "beistand",
	"customer-consent":       "consent",
	"supporter-finding":      "ticket",
}

func newScript(o Options) *script {
	s := &script{log: o.Log, shoot: o.Pictures != "", docs: o.Docs, begun: time.Now()}
	if s.log == nil {
		s.log = io.Discard
	}
	return s
}

// tell tells of something that is not a step with a picture.
func (s *script) tell(format string, args ...any) {
	fmt.Fprintf(s.log, "%5.1f s  %s\n", time.Since(s.begun).Seconds(), fmt.Sprintf(format, args...))
}

// step does something in words ("customer describes the problem") and takes a
// picture of who's display afterwards, named by the step's number and its
// picture's name; the empty name is no picture.
func (s *script) step(ctx context.Context, who *person.Person, words, picture string, do func() error) error {
	at := time.Now()
	if err := do(); err != nil {
		return fmt.Errorf("%s: %w", words, err)
	}
	step := Step{Name: words}
	if s.shoot && picture != "" {
		var err error
		if step.Picture, err = who.Picture(ctx, fmt.Sprintf("%02d-%s", len(s.steps)+1, picture)); err != nil {
			return fmt.Errorf("%s: %w", words, err)
		}
	}
	if name := published[picture]; s.docs != "" && name != "" {
		if err := who.Portrait(ctx, filepath.Join(s.docs, name+".png")); err != nil {
			return fmt.Errorf("%s: %w", words, err)
		}
	}
	step.Took = time.Since(at)
	s.steps = append(s.steps, step)
	line := words
	if step.Picture != "" {
		line += strings.Repeat(" ", max(1, 52-len(line))) + step.Picture
	}
	s.tell("%s", line)
	return nil
}
