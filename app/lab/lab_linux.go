package lab

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// stepTime bounds each command that builds a network.
const stepTime = 20 * time.Second

// namePrefix stands before the process that owns a namespace.
const namePrefix = "beistand-"

// Lab is one network with an Internet in its middle. Its methods fail the test
// when they cannot do their part.
type Lab struct {
	tb testing.TB
	*network
}

// network is what the views of a lab share.
type network struct {
	prefix   string
	internet string       // the namespace
	servers  atomic.Int64 // parts of a test add theirs at the same time
	homes    atomic.Int64
}

// For gives the same network to a part of the test: what it adds is removed
// with that part, and failures are that part's.
func (l *Lab) For(tb testing.TB) *Lab { return &Lab{tb, l.network} }

// Machine is one network namespace.
type Machine struct {
	lab  *Lab
	name string // of ip netns
}

var labs atomic.Int64

// New makes a network. The test is skipped where namespaces cannot be had.
func New(tb testing.TB) *Lab {
	tb.Helper()
	if why := lacking(); why != "" {
		tb.Skip("no networks can be built here: " + why)
	}
	l := &Lab{tb, &network{prefix: fmt.Sprintf("%s%d-%d-", namePrefix, os.Getpid(), labs.Add(1))}}
	internet := l.machine("internet")
	l.internet = internet.name
	internet.Shell(forwarding)
	internet.ip(
		"link add br0 address 02:00:00:00:00:01 type bridge", // otherwise it takes that of its ports, which come and go
		"addr add "+internet4.host(1)+" dev br0",
		"addr add "+internet6.host(1)+" dev br0 nodad",
		"link set br0 up",
		"route add blackhole default", // what nobody has is never heard of again
		"route add blackhole ::/0",
	)
	return l
}

const forwarding = "echo 1 >/proc/sys/net/ipv4/ip_forward; echo 1 >/proc/sys/net/ipv6/conf/all/forwarding"

// machine makes a namespace that is removed after the test, with everything that still runs in it.
func (l *Lab) machine(name string) *Machine {
	l.tb.Helper()
	m := &Machine{l, l.prefix + name}
	if err := run("", "ip", "netns", "add", m.name); err != nil {
		l.tb.Fatal(err)
	}
	l.tb.Cleanup(func() {
		if err := remove(m.name); err != nil {
			l.tb.Error(err)
		}
	})
	// A new IPv6 address is good at once: there is nobody to share it with.
	m.Shell("for i in default all; do echo 0 >/proc/sys/net/ipv6/conf/$i/accept_dad; done; ip link set lo up")
	return m
}

// ip carries out ip's commands in the machine, one after the other.
func (m *Machine) ip(commands ...string) {
	m.lab.tb.Helper()
	if err := run(strings.Join(commands, "\n")+"\n", "ip", "-n", m.name, "-batch", "-"); err != nil {
		m.lab.tb.Fatal(err)
	}
}

// Shell carries out a script in the machine.
func (m *Machine) Shell(script string) {
	m.lab.tb.Helper()
	if err := run(script, "ip", "netns", "exec", m.name, "sh", "-e"); err != nil {
		m.lab.tb.Fatal(err)
	}
}

// nft loads rules into the machine.
func (m *Machine) nft(rules string) {
	m.lab.tb.Helper()
	if err := run(rules, "ip", "netns", "exec", m.name, "nft", "-f", "-"); err != nil {
		m.lab.tb.Fatal(err)
	}
}

// run is one command with its input; what it says is the error.
func run(input, name string, args ...string) error {
	ctx, cancel := context.WithTimeout(context.Background(), stepTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Stdin = strings.NewReader(input)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w\n%s%s", name, strings.Join(args, " "), err, out, input)
	}
	return nil
}

// remove ends what runs in a namespace, and the namespace.
func remove(name string) error {
	out, _ := exec.Command("ip", "netns", "pids", name).Output() // nobody is the usual answer
	for _, field := range strings.Fields(string(out)) {
		if pid, err := strconv.Atoi(field); err == nil && pid != os.Getpid() {
			_ = syscall.Kill(pid, syscall.SIGKILL) // it may be gone by now
		}
	}
	return run("", "ip", "netns", "del", name)
}

// sweep removes what tests left behind whose process is no more.
func sweep() {
	out, _ := exec.Command("ip", "netns", "list").Output()
	for line := range strings.Lines(string(out)) {
		name, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		rest, ours := strings.CutPrefix(name, namePrefix)
		owner, _, _ := strings.Cut(rest, "-")
		if pid, err := strconv.Atoi(owner); ours && err == nil && syscall.Kill(pid, 0) == syscall.ESRCH {
			_ = remove(name) // another test may be sweeping, too
		}
	}
}
