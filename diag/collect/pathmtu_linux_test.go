package collect

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// way is a path through which packets up to a size come back.
type way struct {
	most     int
	known    int // what routers have told
	lossy    int // every so manieth packet is lost; 0: none
	silent   bool
	packets  int
	failWith error
}

func (w *way) echo(_ context.Context, sizes []int, _ time.Duration) (map[int]time.Duration, error) {
	back := map[int]time.Duration{}
	for _, n := range sizes {
		w.packets++
		if n <= w.most && !w.silent && (w.lossy == 0 || w.packets%w.lossy != 0) {
			back[n] = time.Millisecond
		}
	}
	return back, w.failWith
}

func (w *way) told() int    { return w.known }
func (w *way) Close() error { return nil }

// TestPathMTUSearch finds the largest size, exactly, with few packets.
func TestPathMTUSearch(t *testing.T) {
	for most := 100; most <= 1500; most += 7 {
		w := &way{most: most, known: most}
		f := PathFacts{Interface: 1500}
		if err := f.search(t.Context(), w); err != nil || f.MTU != most || f.How != "echo" || f.Silent != 0 || w.packets > 200 {
			t.Fatalf("%d: %+v, %d packets, %v", most, f, w.packets, err)
		}
	}
	w := &way{most: 1400, known: 1500}
	f := PathFacts{Interface: 1500}
	if f.search(t.Context(), w); f.MTU != 1400 || f.Silent != 1401 {
		t.Errorf("a black hole: %+v", f)
	}
	w = &way{most: 65535, known: 65535}
	f = PathFacts{Interface: 65536}
	if f.search(t.Context(), w); f.MTU != 65535 {
		t.Errorf("%+v", f)
	}
	f = PathFacts{Interface: 1500}
	if err := f.search(t.Context(), &way{silent: true}); err != nil || f.MTU != 0 {
		t.Errorf("silence: %+v, %v", f, err)
	}
	f = PathFacts{Interface: 1500}
	if err := f.search(t.Context(), &way{failWith: syscall.ENETUNREACH}); !errors.Is(err, syscall.ENETUNREACH) {
		t.Errorf("%+v, %v", f, err)
	}
}

// TestPathMTULoopback measures a way that is there, by an open connection
// where echoes are for administrators.
func TestPathMTULoopback(t *testing.T) {
	address := rawServer(t, func(net.Conn) {})
	p := newPathMTU(Options{Endpoints: []Endpoint{{URL: "tcp://" + address}, {URL: "https://127.0.0.1:1"}, {URL: "nonsense"}}})
	f := factsOf[PathMTUFacts](t, p)
	if len(f.Paths) != 1 || f.Paths[0].MTU < 1280 || f.Paths[0].Interface < 1280 || f.Paths[0].How == "" || f.Paths[0].Kind != "" {
		t.Errorf("%+v", f)
	}
	p.echoes = func(netip.Addr) (echoer, error) { return nil, errNoEcho }
	if f = factsOf[PathMTUFacts](t, p); f.Paths[0].How != "connection" || f.Paths[0].MTU < 1280 {
		t.Errorf("%+v", f)
	}
	p.targets[0].port = ""
	if f = factsOf[PathMTUFacts](t, p); f.Paths[0].Kind == "" || !strings.Contains(f.Paths[0].Error, "administrator") {
		t.Errorf("%+v", f)
	}
}

// TestBlackHole measures between two network namespaces, the far one of which
// takes packets of up to 1400 bytes, and the four of a VLAN's tag beside, and
// says nothing of larger ones. This
// program runs itself in the namespaces, of which it is the administrator.
func TestBlackHole(t *testing.T) {
	switch os.Getenv("BEISTAND_TEST_NET") {
	case "far":
		fmt.Println("there")
		os.Stdin.Read(make([]byte, 1)) // until the near one has ended
		os.Exit(0)
	case "near":
		near(t)
		return
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, "-test.run=^TestBlackHole$", "-test.v")
	cmd.Env = append(os.Environ(), "BEISTAND_TEST_NET=near")
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
	}
	out, err := cmd.CombinedOutput()
	if errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.ENOSPC) {
		t.Logf("this system gives no namespaces: %v", err)
		return
	}
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var f PathFacts
	for line := range strings.Lines(string(out)) {
		if text, ok := strings.CutPrefix(line, "facts: "); ok {
			if err := json.Unmarshal([]byte(text), &f); err != nil {
				t.Fatal(err)
			}
		}
	}
	if f.MTU != 1404 || f.Interface != 1500 || f.Silent != 1405 || f.How != "echo" {
		t.Errorf("%+v\n%s", f, out)
	}
}

// near sets the two namespaces up and measures.
func near(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	far := exec.Command(self, "-test.run=^TestBlackHole$")
	far.Env = append(os.Environ(), "BEISTAND_TEST_NET=far")
	far.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET}
	in, err := far.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := far.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := far.Start(); err != nil {
		t.Fatal(err)
	}
	defer far.Wait()
	defer in.Close()
	out.Read(make([]byte, 16))
	pid := fmt.Sprint(far.Process.Pid)
	for _, line := range []string{
		"ip link add near mtu 1500 type veth peer name far mtu 1400 netns " + pid,
		"ip addr add 192.0.2.1/24 dev near", "ip link set near up",
		"nsenter --net=/proc/" + pid + "/ns/net ip addr add 192.0.2.2/24 dev far",
		"nsenter --net=/proc/" + pid + "/ns/net ip link set far up",
	} {
		args := strings.Fields(line)
		if text, err := exec.Command(args[0], args[1:]...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v: %s", line, err, text)
		}
	}
	p := pathMTU{targets: []pathTarget{{host: "192.0.2.2"}}, resolver: net.DefaultResolver, echoes: newEchoer}
	f := factsOf[PathMTUFacts](t, p)
	text, err := json.Marshal(f.Paths[0])
	if err != nil {
		t.Fatal(err)
	}
	fmt.Printf("facts: %s\n", text)
}
