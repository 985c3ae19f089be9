package app

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/problem"
)

// ticketCommands speak to a desk without a window.
type ticketCommands struct {
	New  ticketNew  `cmd:"" help:"File a ticket, with a bundle if you have one. Prints its number."`
	List ticketList `cmd:"" help:"List tickets, newest first. For staff."`
	Show ticketShow `cmd:"" help:"Show one ticket. For staff."`
	Get  ticketGet  `cmd:"" help:"Fetch a ticket's bundle. For staff."`
}

// staffSignIn is who asks; the password never stands on the command line.
type staffSignIn struct {
	deskAddress

	User         string `env:"BEISTAND_USER" help:"Your name at the desk." placeholder:"NAME"`
	PasswordFile string `env:"BEISTAND_PASSWORD_FILE" help:"File whose first line is the password; - is standard input. Else BEISTAND_PASSWORD is taken." placeholder:"FILE"`
}

// open signs in; done signs out again.
func (s *staffSignIn) open(e *env) (c *client.Client, done func(), err error) {
	c, err = s.connect(e, "")
	if err != nil {
		return nil, nil, err
	}
	if s.User == "" {
		return nil, nil, &problem.Usage{Reason: "Say who you are with --user"}
	}
	password := os.Getenv("BEISTAND_PASSWORD")
	if s.PasswordFile != "" {
		if password, err = firstLine(e, s.PasswordFile); err != nil {
			return nil, nil, err
		}
	}
	if _, err := c.SignIn(e.ctx, s.User, password); err != nil {
		return nil, nil, fmt.Errorf("sign in as %s: %w", s.User, err)
	}
	return c, func() { _ = c.SignOut(e.ctx) }, nil
}

// connect makes a client of the desk that is set.
func (d *deskAddress) connect(e *env, otherwise string) (*client.Client, error) {
	address := d.DeskURL
	if address == "" {
		address = otherwise
	}
	if address == "" {
		return nil, &problem.Usage{Reason: "Say which desk with --desk or BEISTAND_DESK"}
	}
	return client.New(address, client.Options{UserAgent: "beistand/" + e.version})
}

func firstLine(e *env, path string) (string, error) {
	in := e.in
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return "", fmt.Errorf("read password: %w", err)
		}
		defer f.Close()
		in = f
	}
	line, err := bufio.NewReader(io.LimitReader(in, 4096)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read password: %w", err)
	}
	return strings.TrimRight(line, "\r\n"), nil
}

type ticketNew struct {
	deskAddress
	profileFile

	Title       string `required:"" help:"The problem in a few words." placeholder:"TEXT"`
	Description string `help:"What happened; - reads it from standard input." placeholder:"TEXT"`
	Product     string `help:"The product." placeholder:"NAME"`
	Priority    string `help:"critical, high, normal or low." default:"normal" enum:"critical,high,normal,low"`
	Name        string `env:"BEISTAND_NAME" help:"Your name." placeholder:"TEXT"`
	Contact     string `env:"BEISTAND_CONTACT" help:"Telephone or e-mail." placeholder:"TEXT"`
	Bundle      string `help:"A bundle made by collect." type:"existingfile" placeholder:"FILE"`
	JSON        bool   `name:"json" help:"Print JSON."`
}

func (t *ticketNew) Run(e *env) error {
	profile, err := t.load()
	if err != nil {
		return err
	}
	c, err := t.connect(e, profile.Desk)
	if err != nil {
		return err
	}
	if t.Description == "-" {
		text, err := io.ReadAll(io.LimitReader(e.in, 4*api.MaxDescription+1))
		if err != nil {
			return fmt.Errorf("read description: %w", err)
		}
		t.Description = string(text)
	}
	created, err := c.CreateTicket(e.ctx, api.NewTicket{
		ID: client.NewTicketID(), Title: t.Title, Description: t.Description, Product: t.Product,
		Priority: api.Priority(t.Priority), Name: t.Name, Contact: t.Contact, Language: e.language,
	})
	if err != nil {
		return fmt.Errorf("file the ticket: %w", err)
	}
	ticket := created.Ticket
	if t.Bundle != "" {
		if err := t.remember(e, c, created); err != nil {
			fmt.Fprintf(e.err, "The desk will not be told when a pseudonym is revealed: %v.\n", err)
		}
		b, err := c.WithToken(created.Token).Upload(e.ctx, ticket.Number, t.Bundle, nil, heldBy(t.Bundle)...)
		if err != nil {
			fmt.Fprintf(e.err, "Ticket %d is filed, its bundle is not.\n", ticket.Number)
			return fmt.Errorf("send the bundle: %w", err)
		}
		ticket.Bundles = append(ticket.Bundles, b)
	}
	if t.JSON {
		return writeJSON(e.out, ticket)
	}
	fmt.Fprintln(e.out, ticket.Number)
	return nil
}

// remember keeps which ticket a bundle's case became.
func (t *ticketNew) remember(e *env, c *client.Client, made api.CreatedTicket) error {
	folder, err := caseFolder(e.settings.Data, t.Bundle)
	if err != nil {
		return err
	}
	if _, err := os.Stat(folder); errors.Is(err, os.ErrNotExist) {
		return nil // it was collected elsewhere, and its names are there
	}
	return filed{Desk: c.Desk(), Number: made.Ticket.Number, Token: made.Token}.save(filepath.Join(folder, caseNames))
}

type ticketList struct {
	staffSignIn

	Search string `help:"Only tickets with these words." placeholder:"WORDS"`
	Limit  int    `help:"At most this many." default:"50"`
	JSON   bool   `name:"json" help:"Print JSON."`
}

func (t *ticketList) Run(e *env) error {
	c, done, err := t.open(e)
	if err != nil {
		return err
	}
	defer done()
	tickets, err := c.Tickets(e.ctx, api.TicketQuery{Text: t.Search, Limit: t.Limit})
	if err != nil {
		return fmt.Errorf("list tickets: %w", err)
	}
	if t.JSON {
		return writeJSON(e.out, tickets)
	}
	w := tabwriter.NewWriter(e.out, 0, 0, 2, ' ', 0)
	for _, k := range tickets {
		owner := k.Owner
		if owner == "" {
			owner = "-"
		}
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", k.Number, k.Created.Local().Format(time.DateTime),
			k.State, k.Priority, owner, plain(k.Product), plain(k.Name), plain(k.Title))
	}
	return w.Flush()
}

type ticketShow struct {
	staffSignIn

	Number int64 `arg:"" help:"The ticket's number."`
	JSON   bool  `name:"json" help:"Print JSON."`
}

func (t *ticketShow) Run(e *env) error {
	c, done, err := t.open(e)
	if err != nil {
		return err
	}
	defer done()
	k, err := c.Ticket(e.ctx, t.Number)
	if err != nil {
		return fmt.Errorf("show ticket %d: %w", t.Number, err)
	}
	if t.JSON {
		return writeJSON(e.out, k)
	}
	fmt.Fprintf(e.out, "Ticket %d, %s, %s: %s\n", k.Number, k.State, k.Priority, plain(k.Title))
	fmt.Fprintf(e.out, "Product %s, from %s (%s), %s\n\n", plain(k.Product), plain(k.Name), plain(k.Contact), k.Created.Local().Format(time.DateTime))
	fmt.Fprintln(e.out, plainLines(k.Description))
	for _, b := range k.Bundles {
		fmt.Fprintf(e.out, "\nBundle %s, %d bytes, SHA-256 %s\n", b.ID, b.Size, b.SHA256)
	}
	for _, r := range k.Reveals {
		fmt.Fprintf(e.out, "\nThe customer was asked for <%s>, %s\n", plain(r.Pseudonym), r.Asked.Local().Format(time.DateTime))
	}
	for _, s := range k.Sessions {
		fmt.Fprintf(e.out, "\nSession with %s, asked %s%s%s%s\n", plain(s.Supporter), s.Asked.Local().Format(time.DateTime),
			moment(", consented ", s.Consented), moment(", started ", s.Started), moment(", ended ", s.Ended))
	}
	return nil
}

func moment(what string, at *time.Time) string {
	if at == nil {
		return ""
	}
	return what + at.Local().Format(time.TimeOnly)
}

// plain takes control characters out of what strangers typed, so that it
// cannot drive the terminal.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return ' '
		}
		return r
	}, s)
}

func plainLines(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = plain(lines[i])
	}
	return strings.Join(lines, "\n")
}

type ticketGet struct {
	staffSignIn

	Number int64  `arg:"" help:"The ticket's number."`
	Output string `short:"o" help:"Where it goes; default is ticket-NUMBER.zip." placeholder:"FILE" type:"path"`
	Force  bool   `short:"f" help:"Write over an existing file."`
	JSON   bool   `name:"json" help:"Print JSON."`
}

func (t *ticketGet) Run(e *env) (err error) {
	c, done, err := t.open(e)
	if err != nil {
		return err
	}
	defer done()
	k, err := c.Ticket(e.ctx, t.Number)
	if err != nil {
		return fmt.Errorf("show ticket %d: %w", t.Number, err)
	}
	if len(k.Bundles) == 0 {
		return &client.Error{Kind: api.KindNotFound, Message: fmt.Sprintf("ticket %d has no bundle", t.Number)}
	}
	newest := k.Bundles[len(k.Bundles)-1]
	path := t.Output
	if path == "" {
		path = fmt.Sprintf("ticket-%d.zip", t.Number)
	}
	mode := os.O_CREATE | os.O_WRONLY | os.O_EXCL
	if t.Force {
		mode = os.O_CREATE | os.O_WRONLY | os.O_TRUNC
	}
	f, err := os.OpenFile(path, mode, 0o600)
	if errors.Is(err, os.ErrExist) {
		return &problem.Usage{Reason: fmt.Sprintf("There is a file %s already; choose another name or add --force", path)}
	}
	if err != nil {
		return fmt.Errorf("write bundle: %w", err)
	}
	defer func() {
		err = errors.Join(err, f.Close())
		if err != nil {
			_ = os.Remove(path)
		}
	}()
	if err := c.Download(e.ctx, t.Number, newest.ID, f, nil); err != nil {
		return fmt.Errorf("fetch bundle %s: %w", newest.ID, err)
	}
	if t.JSON {
		return writeJSON(e.out, struct {
			Path string `json:"path"`
			api.Bundle
		}{path, newest})
	}
	fmt.Fprintln(e.out, path)
	return nil
}
