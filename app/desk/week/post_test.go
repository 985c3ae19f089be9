package week

import (
	"bufio"
	"fmt"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/beistand/beistand/app/desk/mail"
	"github.com/beistand/beistand/app/desk/mail/parse"
)

// post is the mail server that the desk hands its mails to (RFC 5321, as far
// as it is needed). It knows nobody whose name begins with gone.
type post struct {
	address string
	mu      sync.Mutex // guards boxes
	boxes   map[string][]parse.Message
}

func startPost(t *testing.T) *post {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &post{address: l.Addr().String(), boxes: map[string][]parse.Message{}}
	var all sync.WaitGroup
	all.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return // closed
			}
			all.Go(func() { defer conn.Close(); p.serve(conn) })
		}
	})
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
		all.Wait()
	})
	return p
}

func (p *post) serve(conn net.Conn) {
	lines, to := bufio.NewScanner(conn), ""
	lines.Buffer(nil, 1<<20)
	say := func(s string) { fmt.Fprintf(conn, "%s\r\n", s) }
	say("220 post.example ESMTP")
	for lines.Scan() {
		switch verb := strings.ToUpper(lines.Text()); {
		case strings.HasPrefix(verb, "RCPT TO:<GONE"):
			say("550 5.1.1 this person has left")
		case strings.HasPrefix(verb, "RCPT"):
			_, to, _ = strings.Cut(lines.Text(), "<")
			to, _, _ = strings.Cut(to, ">")
			say("250 ok")
		case verb == "DATA":
			say("354 go on")
			var b strings.Builder
			for lines.Scan() && lines.Text() != "." {
				b.WriteString(strings.TrimPrefix(lines.Text(), ".") + "\r\n")
			}
			m, err := parse.Read([]byte(b.String()))
			if err != nil {
				say("554 " + err.Error())
				continue
			}
			p.mu.Lock()
			p.boxes[to] = append(p.boxes[to], m)
			p.mu.Unlock()
			say("250 ok")
		case verb == "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

// box is what somebody has got.
func (p *post) box(name string) []parse.Message {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]parse.Message(nil), p.boxes[name]...)
}

// letter is a mail to the desk.
func letter(from, to, subject, id, text string, fields ...string) string {
	head := fmt.Sprintf("From: %s\nTo: %s\nSubject: %s\nMessage-ID: <%s>\nDate: Mon, 23 Nov 2026 10:00:00 +0100\n", from, to, subject, id)
	for _, f := range fields {
		head += f + "\n"
	}
	return head + "\n" + text + "\n"
}

// spooled is how many mails wait to be taken.
func (h *house) spooled() int {
	h.t.Helper()
	list, err := filepath.Glob(filepath.Join(h.dir, "mail", "new", "*"))
	h.must(err)
	return len(list)
}

// mail leaves a mail as a mail server's pipe does.
func (h *house) mail(message string) error { return mail.Leave(h.dir, strings.NewReader(message)) }
