package desk

import (
	"bytes"
	"io"
	"net"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/pion/logging"
	"github.com/pion/turn/v4"
)

// TestCoturn relays through a real coturn that has the desk's secret, with what
// the desk gave to a session. "make test" installs Debian's package, without
// the service that it brings.
func TestCoturn(t *testing.T) {
	program, err := exec.LookPath("turnserver")
	if err != nil {
		t.Fatal("coturn is not installed; on Debian \".ci/packages test\" does it")
	}
	free, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := free.LocalAddr().(*net.UDPAddr).Port
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	var log tail
	cmd := exec.Command(program, "-n", "--use-auth-secret", "--static-auth-secret=shared", "--realm=example.com",
		"--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1", "--listening-port="+strconv.Itoa(port),
		"--no-tcp", "--no-tls", "--no-dtls", "--no-cli", "--allow-loopback-peers", "--log-file=stdout", "--simple-log",
		"--pidfile="+filepath.Join(t.TempDir(), "pid"), "--userdb="+filepath.Join(t.TempDir(), "db"))
	cmd.Stdout, cmd.Stderr = &log, &log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		if t.Failed() {
			t.Log(log.String())
		}
	})
	at := net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
	h := open(t, func(c *Config) {
		c.RelayListen = ""
		c.TURNURLs, c.TURNSecret = []string{"turn:" + at + "?transport=udp"}, "shared"
	})
	_, ice, _ := h.iceOfNew()
	allocate := func(user, password string) (net.PacketConn, error) {
		t.Helper()
		c, err := turn.NewClient(&turn.ClientConfig{
			STUNServerAddr: at, TURNServerAddr: at, Conn: listen(t), Username: user, Password: password,
			LoggerFactory: &logging.DefaultLoggerFactory{Writer: io.Discard, DefaultLogLevel: logging.LogLevelDisabled},
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(c.Close)
		if err := c.Listen(); err != nil {
			t.Fatal(err)
		}
		return c.Allocate()
	}
	s := ice.Servers[0]
	until(t, "coturn is up", func() bool { return strings.Contains(log.String(), "Total General servers") })
	relayed, err := allocate(s.Username, s.Credential)
	if err != nil {
		t.Fatalf("the desk's credentials: %v", err)
	}
	defer relayed.Close()
	peer := listen(t)
	if _, err := relayed.WriteTo([]byte("hello there"), peer.LocalAddr()); err != nil {
		t.Fatal(err)
	}
	hears(t, peer, "hello there")
	if _, err := allocate(s.Username, "guessed"); err == nil {
		t.Error("a guessed password was taken")
	}
	old := strconv.FormatInt(h.clock.now().Unix()-1, 10) + ":x:customer"
	if _, err := allocate(old, turnPassword([]byte("shared"), old)); err == nil {
		t.Error("credentials whose time is over were taken")
	}
}

// tail is what a program said.
type tail struct {
	mu sync.Mutex // guards b
	b  bytes.Buffer
}

func (l *tail) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *tail) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
