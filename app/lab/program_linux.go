package lab

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"time"
)

// What tells a started test that it is a part of a play: the role, and its
// configuration as JSON.
const (
	RoleEnv   = "BEISTAND_LAB_ROLE"
	ConfigEnv = "BEISTAND_LAB_CONFIG"
)

// killTime is how long a program that was told to stop may take.
const killTime = 15 * time.Second

// Line is one JSON object that a program has written, with its field "event".
type Line struct {
	Event string
	Text  []byte
	At    time.Time // when it was read
}

// Into reads the whole line.
func (l Line) Into(v any) error { return json.Unmarshal(l.Text, v) }

// Program is the test's own program, started again in a machine to play a
// role. It ends with the test, or when its standard input does.
type Program struct {
	m    *Machine
	name string
	cmd  *exec.Cmd
	in   io.WriteCloser
	said strings.Builder // its standard error; read after done

	mu      sync.Mutex // guards lines and changed
	lines   []Line
	changed chan struct{} // closed and replaced with every line
	done    chan struct{} // closed when it has ended
}

// Play starts the role in the machine. The environment is the test's without
// any proxy, and what is given.
func (m *Machine) Play(role string, config any, env ...string) *Program {
	m.lab.tb.Helper()
	text, err := json.Marshal(config)
	if err != nil {
		m.lab.tb.Fatal(err)
	}
	p := &Program{m: m, name: role, changed: make(chan struct{}), done: make(chan struct{})}
	p.cmd = exec.Command("ip", "netns", "exec", m.name, os.Args[0])
	for _, e := range os.Environ() {
		if name, _, _ := strings.Cut(e, "="); !strings.HasSuffix(strings.ToLower(name), "_proxy") {
			p.cmd.Env = append(p.cmd.Env, e)
		}
	}
	p.cmd.Env = append(append(p.cmd.Env, RoleEnv+"="+role, ConfigEnv+"="+string(text)), env...)
	p.cmd.Stderr = &p.said
	out, err := p.cmd.StdoutPipe()
	if err == nil {
		p.in, err = p.cmd.StdinPipe()
	}
	if err == nil {
		err = p.cmd.Start()
	}
	if err != nil {
		m.lab.tb.Fatal(err)
	}
	go p.read(out)
	m.lab.tb.Cleanup(func() {
		p.Stop()
		if m.lab.tb.Failed() {
			m.lab.tb.Logf("%s in %s said last:\n%s%s", p.name, m.name, p.tail(12), p.said.String())
		}
	})
	return p
}

func (p *Program) read(out io.Reader) {
	defer close(p.done)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		l := Line{Text: append([]byte(nil), lines.Bytes()...), At: time.Now()}
		var head struct{ Event string }
		_ = json.Unmarshal(l.Text, &head) // what is no object has no event
		l.Event = head.Event
		p.mu.Lock()
		p.lines = append(p.lines, l)
		close(p.changed)
		p.changed = make(chan struct{})
		p.mu.Unlock()
	}
	_ = p.cmd.Wait() // whoever awaited something says that it has ended
}

// Lines are all so far.
func (p *Program) Lines() []Line {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.lines[:len(p.lines):len(p.lines)]
}

// Await waits for the first line from the given number on that is as wanted.
func (p *Program) Await(what string, from int, within time.Duration, wanted func(Line) bool) (Line, error) {
	timer := time.NewTimer(within)
	defer timer.Stop()
	for ended := false; ; {
		p.mu.Lock()
		lines, changed := p.lines, p.changed
		p.mu.Unlock()
		for ; from < len(lines); from++ {
			if wanted(lines[from]) {
				return lines[from], nil
			}
		}
		if ended {
			return Line{}, fmt.Errorf("%s ended before %s:\n%s%s", p.name, what, p.tail(8), p.said.String())
		}
		select {
		case <-changed:
		case <-p.done:
			ended = true // its last lines may have come with it
		case <-timer.C:
			return Line{}, fmt.Errorf("%s: no %s within %v; it said last:\n%s", p.name, what, within, p.tail(8))
		}
	}
}

// Event waits for the first line with that event, and fails the test without.
func (p *Program) Event(event string, within time.Duration) Line {
	p.m.lab.tb.Helper()
	l, err := p.Await(event, 0, within, func(l Line) bool { return l.Event == event })
	if err != nil {
		p.m.lab.tb.Fatal(err)
	}
	return l
}

// Tell writes one line to the program's standard input.
func (p *Program) Tell(line string) {
	p.m.lab.tb.Helper()
	if _, err := io.WriteString(p.in, line+"\n"); err != nil {
		p.m.lab.tb.Fatalf("tell %s %q: %v", p.name, line, err)
	}
}

// Kill ends the program as a crash does, and waits for it.
func (p *Program) Kill() {
	_ = p.cmd.Process.Signal(syscall.SIGKILL) // it may have ended by itself
	<-p.done
}

// Stop ends the program in good order, or after killTime as Kill does.
func (p *Program) Stop() {
	_ = p.in.Close() // it may have ended by itself
	timer := time.NewTimer(killTime)
	defer timer.Stop()
	select {
	case <-p.done:
	case <-timer.C:
		p.Kill()
	}
}

func (p *Program) tail(n int) string {
	lines := p.Lines()
	var b strings.Builder
	for _, l := range lines[max(0, len(lines)-n):] {
		fmt.Fprintf(&b, "\t%s\n", l.Text)
	}
	return b.String()
}
