package app

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/problem"
	"github.com/beistand/beistand/diag"
	"github.com/beistand/beistand/diag/redact"
)

// revealCommand shows what one pseudonym stands for, on its owner's word.
type revealCommand struct {
	Pseudonym string `arg:"" help:"The pseudonym, with or without its brackets." placeholder:"PSEUDONYM"`
	Names     string `xor:"where" required:"" help:"File that keeps what pseudonyms stand for." placeholder:"FILE" type:"path"`
	Case      string `xor:"where" required:"" help:"Folder of the case, which has that file." placeholder:"DIR" type:"path"`
	Yes       bool   `short:"y" help:"Show it without asking."`
}

func (c *revealCommand) Run(e *env) error {
	path, kind, value, err := c.find()
	if err != nil {
		return err
	}
	shown := "<" + strings.Trim(strings.TrimSpace(c.Pseudonym), "<>") + ">"
	if !c.Yes {
		if err := agreed(e, fmt.Sprintf("Show what %s is? [y/N] ", shown)); err != nil {
			return err
		}
	}
	c.tell(e, path, strings.Trim(shown, "<>"))
	fmt.Fprintf(e.out, "%s is the %s %s\n", shown, kind, plain(value))
	return nil
}

// tell lets the ticket's desk know, if the case became one. That it does not
// hear of it is said, and keeps nobody from seeing what is theirs.
func (c *revealCommand) tell(e *env, path, pseudonym string) {
	ticket, err := filedAs(path)
	if err == nil && ticket != nil {
		var desk *client.Client
		desk, err = client.New(ticket.Desk, client.Options{UserAgent: "beistand/" + e.version})
		if err == nil {
			_, err = desk.WithToken(ticket.Token).Reveal(e.ctx, ticket.Number, pseudonym)
		}
	}
	if err != nil {
		fmt.Fprintf(e.err, "The desk was not told: %s\n", problem.Of(err).Text(nil))
	}
}

// find gives what the pseudonym stands for, and the file that says it.
func (c *revealCommand) find() (path string, kind redact.Kind, value string, err error) {
	paths := []string{c.Names}
	if c.Case != "" {
		paths[0] = filepath.Join(c.Case, caseNames)
		sent, err := filesIn(c.Case, sentNames)
		if err != nil {
			return "", "", "", fmt.Errorf("look for names: %w", err)
		}
		if _, err := os.Stat(paths[0]); err != nil && len(sent) > 0 {
			paths = nil
		}
		paths = append(paths, sent...)
	}
	for _, path := range paths {
		names, err := diag.LoadNames(path)
		if err != nil {
			return "", "", "", err
		}
		if kind, value, err = names.Reveal(c.Pseudonym); !errors.Is(err, redact.ErrUnknown) {
			return path, kind, value, err
		}
	}
	return "", "", "", &problem.Usage{Reason: fmt.Sprintf("No pseudonym %s is kept here; what is secret never is", c.Pseudonym)}
}

// agreed asks the person at the terminal.
func agreed(e *env, question string) error {
	in, ok := e.in.(*os.File)
	if !ok || !isTerminal(in) {
		return &problem.Usage{Reason: "Nobody is here to be asked; add --yes"}
	}
	fmt.Fprint(e.err, question)
	answer, err := bufio.NewReader(io.LimitReader(e.in, 100)).ReadString('\n')
	if err != nil || !strings.EqualFold(strings.TrimSpace(answer), "y") {
		return &problem.Usage{Reason: "It was not shown"}
	}
	return nil
}
