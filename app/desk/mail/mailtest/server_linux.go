package mailtest

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Server is Exim and Dovecot on loopback, from a folder of their own. Mails to
// NAME@example.com and NAME@example.net are delivered to NAME's folder, for Names; those
// to nobody@… are refused at once, those to gone@… come back as a report.
type Server struct {
	SMTP, SMTPS, Submit string // addresses; Submit wants a name and a password
	IMAP, IMAPS         string
	Roots               *x509.CertPool

	dir string
}

// Names are those who have folders.
var Names = []string{"support", "anna", "bert", "vendor", "eve", "sam", "boss"}

// Password is everybody's.
const Password = "letters"

// Start runs the servers for as long as the test.
func Start(t testing.TB) *Server {
	t.Helper()
	dir, err := os.MkdirTemp("", "beistand-mail-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	s := &Server{dir: dir}
	ports := make([]int, 5)
	for i := range ports {
		ports[i] = free(t)
	}
	at := func(i int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(ports[i])) }
	s.SMTP, s.SMTPS, s.Submit, s.IMAP, s.IMAPS = at(0), at(1), at(2), at(3), at(4)
	owner, uid, gid := deliverer(t)
	for _, name := range []string{"mail", "spool", "log", "dovecot"} {
		if err := errors.Join(os.Mkdir(filepath.Join(dir, name), 0o755), os.Chown(filepath.Join(dir, name), uid, gid)); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(os.Chmod(dir, 0o755), os.Chown(dir, uid, gid)); err != nil {
		t.Fatal(err)
	}
	s.certificate(t, uid, gid)
	s.write(t, "users", "support:{PLAIN}"+Password+"\n", uid, gid)
	names := ""
	for _, name := range Names {
		names += name + ": " + name + "\n" // looked up, since Exim makes no path of what came over a line
	}
	s.write(t, "names", names, uid, gid)
	group, err := user.LookupGroupId(strconv.Itoa(gid))
	if err != nil {
		t.Fatal(err)
	}
	fill := strings.NewReplacer("DIR", dir, "OWNER", owner, "GROUP", group.Name, "PASSWORD", Password,
		"PORT0", strconv.Itoa(ports[0]), "PORT1", strconv.Itoa(ports[1]), "PORT2", strconv.Itoa(ports[2]), "PORT3", strconv.Itoa(ports[3]), "PORT4", strconv.Itoa(ports[4]))
	s.write(t, "exim.conf", fill.Replace(eximConf), 0, 0)
	s.write(t, "dovecot.conf", fill.Replace(dovecotConf), 0, 0)
	s.run(t, s.SMTP, "/usr/sbin/exim4", "-C", filepath.Join(dir, "exim.conf"), "-bdf", "-q1s")
	s.run(t, s.IMAPS, "/usr/sbin/dovecot", "-F", "-c", filepath.Join(dir, "dovecot.conf"))
	return s
}

// deliverer is whom folders belong to. Exim delivers nothing as root.
func deliverer(t testing.TB) (name string, uid, gid int) {
	t.Helper()
	who, err := user.Current()
	if os.Geteuid() == 0 {
		who, err = user.Lookup("mail")
	}
	if err != nil {
		t.Fatal(err)
	}
	uid, err1 := strconv.Atoi(who.Uid)
	gid, err2 := strconv.Atoi(who.Gid)
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	return who.Username, uid, gid
}

func free(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

func (s *Server) write(t testing.TB, name, content string, uid, gid int) {
	t.Helper()
	path := filepath.Join(s.dir, name)
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() == 0 {
		if err := os.Chown(path, uid, gid); err != nil {
			t.Fatal(err)
		}
	}
}

// certificate makes one that the servers show and Roots believes.
func (s *Server) certificate(t testing.TB, uid, gid int) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "mx.example.com"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		DNSNames: []string{"localhost", "mx.example.com"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	cert := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	s.write(t, "cert.pem", string(cert), uid, gid)
	s.write(t, "key.pem", string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: pkcs8})), uid, gid)
	s.Roots = x509.NewCertPool()
	s.Roots.AppendCertsFromPEM(cert)
}

// run starts a server and waits until it takes connections at address.
func (s *Server) run(t testing.TB, address, name string, args ...string) {
	t.Helper()
	var said bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Stdout, cmd.Stderr, cmd.Dir = &said, &said, s.dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} // its children are in a group that can be ended
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	t.Cleanup(func() {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) // it may have ended by itself
		select {
		case <-ended:
		case <-time.After(10 * time.Second):
			_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
			<-ended
		}
		if t.Failed() {
			t.Logf("%s said:\n%s%s", name, said.String(), s.logs())
		}
	})
	Within(t, func() bool {
		select {
		case err := <-ended:
			ended <- err
			t.Fatalf("%s: %v\n%s%s", name, err, said.String(), s.logs())
		default:
		}
		conn, err := net.DialTimeout("tcp", address, time.Second)
		if err != nil {
			return false
		}
		return conn.Close() == nil
	})
}

func (s *Server) logs() string {
	var b strings.Builder
	for _, pattern := range []string{"log/*", "dovecot.log"} {
		list, _ := filepath.Glob(filepath.Join(s.dir, pattern)) // the pattern is right
		for _, path := range list {
			text, err := os.ReadFile(path)
			fmt.Fprintf(&b, "%s: %v\n%s\n", filepath.Base(path), err, text)
		}
	}
	return b.String()
}

// Within waits for a condition.
func Within(t testing.TB, fn func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for !fn() {
		select {
		case <-ctx.Done():
			t.Fatal("it has not come to that in time")
		case <-tick.C:
		}
	}
}
