package load

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net/netip"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/desk"
	"github.com/beistand/beistand/app/desk/store"
)

const deskIn, deskAt, relayAt = "BEISTAND_LOAD_DIR", "BEISTAND_LOAD_LISTEN", "BEISTAND_LOAD_RELAY"

func TestMain(m *testing.M) {
	if dir := os.Getenv(deskIn); dir != "" {
		if err := serve(dir); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// serve is the desk's process.
func serve(dir string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	s, err := desk.New(desk.Config{
		Dir: dir, Listen: os.Getenv(deskAt), RelayListen: os.Getenv(relayAt),
		RelayAllow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
	})
	if err != nil {
		return err
	}
	fmt.Println(s.Addr(), s.RelayAddr())
	return s.Serve(ctx)
}

// process is a desk that runs.
type process struct {
	b           *testing.B
	cmd         *exec.Cmd
	addr, relay string
}

func start(b *testing.B, dir, listen, relay string) *process {
	b.Helper()
	p := &process{b: b, cmd: exec.Command(os.Args[0])}
	p.cmd.Env = append(os.Environ(), "GOGC=50", // as app sets it for a desk
		deskIn+"="+dir, deskAt+"="+listen, relayAt+"="+relay)
	p.cmd.Stderr = os.Stderr
	out, err := p.cmd.StdoutPipe()
	if err == nil {
		err = p.cmd.Start()
	}
	if err != nil {
		b.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	at := strings.Fields(line)
	if err != nil || len(at) == 0 {
		b.Fatalf("the desk does not start: %q %v", line, err)
	}
	p.addr = at[0]
	if len(at) > 1 {
		p.relay = at[1]
	}
	return p
}

// kill ends the desk without a word.
func (p *process) kill() {
	if p.cmd.ProcessState == nil {
		_ = p.cmd.Process.Kill() // it may have ended by itself
		_ = p.cmd.Wait()
	}
}

// rss is the memory that the desk holds, in bytes (proc(5), VmRSS).
func (p *process) rss() float64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		p.b.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if f := strings.Fields(line); len(f) == 3 && f[0] == "VmRSS:" {
			kB, err := strconv.ParseFloat(f[1], 64)
			if err != nil {
				p.b.Fatal(err)
			}
			return kB * 1024
		}
	}
	p.b.Fatal("no VmRSS")
	return 0
}

// spent is the processor time of the process with that number (proc(5), fields 14 and 15).
func spent(b *testing.B, pid int) time.Duration {
	b.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		b.Fatal(err)
	}
	f := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	var ticks int64
	for _, s := range f[11:13] {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			b.Fatal(err)
		}
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond // USER_HZ is 100
}

// load1 is the machine's load of the last minute, for who reads the figures.
func load1(b *testing.B) float64 {
	b.Helper()
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		b.Fatal(err)
	}
	one, err := strconv.ParseFloat(strings.Fields(string(text))[0], 64)
	if err != nil {
		b.Fatal(err)
	}
	return one
}

// cases are tickets with a consented session each, past the desk's limits.
type oneCase struct {
	number          int64
	customer, staff string // tokens
	session         string
}

func cases(b *testing.B, dir string, n int) (all []oneCase) {
	b.Helper()
	s, err := store.Open(b.Context(), dir, store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	ctx, now := b.Context(), time.Now()
	if err := s.People().AddStaff(ctx, api.NewStaff{User: "sam", Name: "Sam Support", Roles: []api.Role{api.RoleStaff}, Password: "correct horse"}); err != nil {
		b.Fatal(err)
	}
	token, err := s.People().AddStaffToken(ctx, "sam", now, now.Add(12*time.Hour))
	if err != nil {
		b.Fatal(err)
	}
	for range n {
		made, err := s.CreateTicket(ctx, api.NewTicket{
			ID: client.NewTicketID(), Title: "Load", Description: "x", Product: "x", Priority: api.Normal, Name: "x", Contact: "x", Language: "en",
		}, now, now.Add(time.Hour))
		if err != nil {
			b.Fatal(err)
		}
		asked, _, err := s.CreateSession(ctx, store.Session{Staff: "sam", Session: api.Session{
			Ticket: made.Ticket.Number, Supporter: "Sam", FirstPart: "123", Asked: now, Expires: now.Add(api.SessionCodeTTL),
			Rights: []string{"see"}, Role: api.RoleSupporter,
		}}, now, func(*api.Session) error { return nil })
		if err != nil {
			b.Fatal(err)
		}
		if _, _, err := s.ChangeSession(ctx, asked.ID, api.Actor{Kind: api.ActorCustomer}, now, func(n *api.Session) (bool, error) { n.Consented = &now; return true, nil }); err != nil {
			b.Fatal(err)
		}
		all = append(all, oneCase{made.Ticket.Number, made.Token, token, asked.ID})
	}
	return all
}

func dial(b *testing.B, addr string) *client.Client {
	b.Helper()
	c, err := client.New("http://"+addr, client.Options{})
	if err != nil {
		b.Fatal(err)
	}
	return c
}

// until waits for is, for as long as the slowest machine may need.
func until(b *testing.B, what string, is func() bool) {
	b.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for end := time.After(3 * time.Minute); !is(); {
		select {
		case <-tick.C:
		case <-end:
			b.Fatalf("did not happen: %s", what)
		}
	}
}
