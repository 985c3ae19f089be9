//go:build unix

package collect

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestProcesses(t *testing.T) {
	m := plant(t, "notebook")
	c := newProcesses(m)
	c.pause = func(context.Context) error { // meanwhile the ledger works
		text := m.text("/proc/900/stat")
		set(t, m.path("/proc/900/stat"), []byte(strings.Replace(text, " 1000 500 ", " 1100 500 ", 1)))
		set(t, m.path("/proc/900/io"), []byte("read_bytes: 1052672\nwrite_bytes: 8192\n"))
		return nil
	}
	got := collected[ProcessesFacts](t, c, "system/processes.json")
	page := uint64(os.Getpagesize())
	if len(got.ByCPU) != 1 || got.ByCPU[0].CPU <= 0 {
		t.Fatalf("%+v", got.ByCPU)
	}
	ledger := Process{
		Name: "ledger (x) y", PID: 900, Parent: 1, User: "anna", CPU: got.ByCPU[0].CPU, Memory: 250000 * page, Threads: 8, Started: unixTime(1772600060),
		State: "D", Read: 1 << 20, Files: new(40), MaxFiles: new(uint64(64)),
	}
	sshd := Process{Name: "sshd", PID: 712, Parent: 1, User: "root", Memory: 1200 * page, Threads: 1, Started: unixTime(1772600050), State: "S", Files: new(5)}
	got.Sampled = 0
	same(t, ProcessesFacts{
		Count: 3, Threads: 10, Zombies: 1, Blocked: 1, MaxPID: 4194304, Files: &OpenFiles{9500, 10000, 95},
		ByCPU: []Process{ledger}, ByMemory: []Process{ledger, sshd}, ByIO: []Process{ledger}, ByFiles: []Process{ledger, sshd},
	}, got)
	for pid, own := range map[int32][]bool{712: {false, true}, 1: {true, true}} { // itself, and what it has started
		c.own = pid
		all := collected[ProcessesFacts](t, c, "system/processes.json").ByMemory
		if len(all) != 2 || all[0].Own != own[0] || all[1].Own != own[1] {
			t.Errorf("of %d, these are told as its own: %+v", pid, all)
		}
	}
	c.pause = func(context.Context) error { return context.Canceled }
	if err := c.Collect(t.Context(), &memSink{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestSockets(t *testing.T) {
	got := collected[SocketsFacts](t, sockets{plant(t, "notebook")}, "system/sockets.json")
	same(t, SocketsFacts{
		Listening: []Listener{
			{Address: "0.0.0.0:22", Protocol: "tcp", Process: "sshd", PID: 712, User: "root"},
			{Address: "[::1]:631", Protocol: "tcp", User: "root"},
			{Address: "127.0.0.1:8080", Protocol: "tcp", Process: "ledger (x) y", PID: 900, User: "anna", Waiting: 129},
			{Address: "0.0.0.0:5353", Protocol: "udp", User: "101"},
		},
		States:  []SocketState{{"tcp listen", 3}, {"tcp close wait", 1}, {"tcp established", 1}, {"udp", 1}},
		Tracked: new(uint64(250)), MaxTrack: new(uint64(262144)), Overflows: new(uint64(42)), LocalPorts: "32768 to 60999",
	}, got)
}

func TestCrashes(t *testing.T) {
	m := plant(t, "notebook")
	older := time.Unix(1_772_000_000, 0)
	os.Chtimes(m.path("/opt/ledger/crashes/2026/hs_err_pid77.log"), older, older)
	os.Chtimes(m.path("/opt/ledger/crashes/core.dmp"), older.Add(-time.Hour), older.Add(-time.Hour))
	if err := syscall.Mkfifo(m.path("/opt/ledger/crashes/pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	os.Symlink("..", m.path("/opt/ledger/crashes/loop"))
	s := &memSink{}
	c := crashes{m, []string{"/opt/*/crashes", "/none"}}
	if err := c.Collect(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	got := collected[CrashesFacts](t, c, "system/crashes.json")
	same(t, CrashesFacts{
		Count: 4, Pattern: "|/lib/systemd/systemd-coredump %P %u", Limit: "unlimited", Looked: []string{"coredumpctl", "/var/crash", "/opt/ledger/crashes"},
		Crashes: []Crash{
			{Name: "app", At: atHere("2026-03-04 06:10:00"), Kind: "crash report", Signal: "SIGABRT", Module: "/usr/bin/app", Version: "app 1.2", Size: 153, Path: "/var/crash/_usr_bin_app.1000.crash", Taken: "logs/crash-1-_usr_bin_app.1000.crash.log"},
			{Name: "ledger", At: new(time.Unix(1_772_600_700, 0)), Kind: "core dump", Signal: "SIGSEGV", Module: "/opt/ledger/bin/ledger", PID: 900, Size: 1 << 20},
			{Name: "hs_err_pid77.log", At: &older, Kind: "crash report", Size: 99, Path: "/opt/ledger/crashes/2026/hs_err_pid77.log", Taken: "logs/crash-2-hs_err_pid77.log.log"},
			{Name: "core.dmp", At: new(older.Add(-time.Hour)), Kind: "minidump", Size: 8, Path: "/opt/ledger/crashes/core.dmp"},
		},
	}, got)
	if f := s.files["logs/crash-2-hs_err_pid77.log.log"]; f == nil || !strings.Contains(f.String(), "SIGSEGV (0xb)") || f.Source != "/opt/ledger/crashes/2026/hs_err_pid77.log" || !f.closed {
		t.Errorf("%v", s.paths())
	}
}

func TestCrashesElsewhere(t *testing.T) {
	got := collected[CrashesFacts](t, crashes{machine: plant(t, "server")}, "system/crashes.json")
	if c := got.Crashes; len(c) != 1 || c[0].Name != "ledger.exe" || c[0].PID != 900 || !c[0].At.Equal(time.Unix(1_772_600_700, 0)) {
		t.Errorf("%+v", c)
	}
	s := &memSink{}
	c := crashes{machine: plant(t, "windows")}
	if err := c.Collect(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	got = collected[CrashesFacts](t, c, "system/crashes.json")
	kinds := map[string]string{}
	for _, one := range got.Crashes {
		kinds[one.Name] = one.Kind + " " + one.Signal + " " + one.Module + " " + one.Version
	}
	same(t, map[string]string{
		"Ledger Client": "Windows error report c0000005 ntdll.dll 5.2.1.0", "030426-1.dmp": "minidump   ", "ledger.exe.77.dmp": "minidump   ",
	}, kinds)
	if f := s.files["logs/crash-1-Report.wer.log"]; f == nil || !strings.HasPrefix(f.String(), "Version=1\r\nEventType=APPCRASH") {
		t.Errorf("%v", s.paths())
	}
	got = collected[CrashesFacts](t, crashes{machine: plant(t, "mac")}, "system/crashes.json")
	var ledger Crash
	for _, one := range got.Crashes {
		if one.Name == "Ledger" {
			ledger = one
		}
	}
	if ledger.Signal != "SIGSEGV" || ledger.PID != 77 || ledger.Version != "5.2" || !ledger.At.Equal(*at("2026-03-04 04:06:07")) {
		t.Errorf("%+v", ledger)
	}
}

// TestLargeReport holds that a report is cut and says so.
func TestLargeReport(t *testing.T) {
	m := machine{system: "linux", root: t.TempDir(), programs: answered{}, env: func(string) string { return "" }}
	set(t, m.path("/crashes/large.txt"), bytes.Repeat([]byte("line\n"), maxReport/5+100))
	set(t, m.path("/crashes/binary.txt"), []byte("a\x00b"))
	s := &memSink{}
	if err := (crashes{m, []string{"/crashes"}}).Collect(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	if f := s.files["logs/crash-1-large.txt.log"]; len(s.files) != 2 || f == nil || f.Len() != maxReport || f.Cut != "the last 500 bytes are left out" && !strings.HasPrefix(f.Cut, "the last ") {
		t.Errorf("%v", s.paths())
	}
	if err := (crashes{m, []string{"/crashes"}}).Collect(t.Context(), fullReports{}); !errors.Is(err, syscall.ENOSPC) {
		t.Error(err)
	}
}

// fullReports is a bundle whose disk is full.
type fullReports struct{}

func (fullReports) Create(string, FileInfo) (io.WriteCloser, error) { return nil, syscall.ENOSPC }

func TestOOM(t *testing.T) {
	got := collected[OOMFacts](t, oom{plant(t, "notebook")}, "system/oom.json")
	same(t, OOMFacts{Kills: new(uint64(2)), Source: "journalctl", Events: []OOMKill{
		{Process: "firefox", PID: 1234, At: at("2026-03-04 07:00:00"), Memory: 2052 << 10, Cause: "the machine's memory"},
		{Process: "ledger", PID: 900, At: at("2026-03-04 06:00:00"), Memory: 1032 << 10, Cause: "the limit of /system.slice/ledger.service"},
	}}, got)
	m := plant(t, "server")
	written := *atHere("2026-03-05 00:00:00")
	os.Chtimes(m.path("/var/log/kern.log"), written, written)
	got = collected[OOMFacts](t, oom{m}, "system/oom.json")
	same(t, OOMFacts{Source: "/var/log/kern.log", Events: []OOMKill{{Process: "java", PID: 42, At: atHere("2026-03-04 06:00:00"), Memory: 3 << 20}}}, got)
	// A line of December in a file of January is of the year before.
	if got := syslogTime(atHere("2026-01-02 00:00:00"))("Dec 31 23:00:00 host x"); got == nil || got.Year() != 2025 {
		t.Error(got)
	}
	got = collected[OOMFacts](t, oom{plant(t, "windows")}, "system/oom.json")
	if e := got.Events; len(e) != 1 || e[0].Process != "ledger.exe" || e[0].PID != 77 || e[0].Memory != 4<<30 || e[0].At.Year() != 2026 {
		t.Errorf("%+v", got)
	}
	got = collected[OOMFacts](t, oom{plant(t, "mac")}, "system/oom.json")
	if len(got.Events) != 1 || got.Events[0].Process != "JetsamEvent-2026-03-04-050607.ips" {
		t.Errorf("%+v", got)
	}
}

// FuzzReports holds that no report or log brings the readers to fall.
func FuzzReports(f *testing.F) {
	f.Add("2026-03-04T06:00:00+0000 host kernel: Killed process 900 (x) anon-rss:1kB")
	f.Add("Id=a.service\nActiveState=failed\n\nId=b")
	f.Fuzz(func(_ *testing.T, text string) {
		parseKills(text, isoTime)
		parseKills(text, syslogTime(at("2026-03-04 05:06:07")))
		parseExhausted(text)
		for _, u := range units(text) {
			systemdService(u)
			timerSchedule(u["TimersCalendar"])
		}
		for name, task := range parseTasks(text) {
			task.job(name)
		}
		parseDpkgLog(text)
		parseRPM(text)
		parseAPK(text)
		parseDNF(text)
		isText([]byte(text))
		tableAddress(text)
		stanzas(strings.NewReader(text), func(stanza) {})
		windowsText([]byte(text))
		withoutSecrets(text)
		cronProgram(append(strings.Fields(text), "x"))
	})
}
