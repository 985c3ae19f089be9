package collect

import (
	"context"
	"encoding/json"
	"path"
	"strconv"
	"strings"
	"time"
)

// signals are the names of those that end programs (signal(7), x86 and ARM).
var signals = map[int]string{3: "SIGQUIT", 4: "SIGILL", 5: "SIGTRAP", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE", 9: "SIGKILL", 11: "SIGSEGV", 24: "SIGXCPU", 25: "SIGXFSZ", 31: "SIGSYS"}

func signalName(n int) string {
	if name := signals[n]; name != "" {
		return name
	}
	if n <= 0 {
		return ""
	}
	return "signal " + strconv.Itoa(n)
}

// coredumpctl asks systemd for the crashes that it has seen; false if it
// cannot be asked.
func (f *CrashesFacts) coredumpctl(ctx context.Context, m machine) bool {
	text, exit, err := m.programs.run(ctx, "coredumpctl", "list", "--json=short", "--no-pager", "--quiet")
	if err != nil || exit != 0 { // there are none, or it is too old for this question
		return false
	}
	f.Looked = append(f.Looked, "coredumpctl")
	var list []struct {
		Time     int64 // microseconds since 1970
		PID      int
		Sig      int
		Corefile string // "present", "missing", "none", "truncated"
		Exe      string
		Size     int64
	}
	if len(text) == 0 {
		return true
	}
	if err := json.Unmarshal(text, &list); err != nil {
		f.Notes = append(f.Notes, "coredumpctl's answer could not be read")
		return false
	}
	for _, c := range list {
		at := time.UnixMicro(c.Time).Truncate(time.Second)
		f.Crashes = append(f.Crashes, Crash{Name: path.Base(c.Exe), At: &at, Kind: "core dump", Signal: signalName(c.Sig), PID: c.PID, Size: c.Size, Module: c.Exe})
	}
	return true
}

// core reads systemd's name of a file: core.NAME.UID.BOOT.PID.MICROSECONDS.zst.
func (c *Crash) core(base string) {
	c.Kind = "core dump"
	for _, ext := range []string{".zst", ".lz4", ".xz"} {
		base = strings.TrimSuffix(base, ext)
	}
	v := strings.Split(strings.TrimPrefix(base, "core."), ".")
	if len(v) < 5 {
		return
	}
	n := len(v)
	pid, err := strconv.Atoi(v[n-2])
	micro, terr := strconv.ParseInt(v[n-1], 10, 64)
	if err != nil || terr != nil {
		return
	}
	at := time.UnixMicro(micro).Truncate(time.Second)
	c.Name, c.PID, c.At = strings.ReplaceAll(strings.Join(v[:n-4], "."), `\x2e`, "."), pid, &at
}

// reportHead is how much of a report tells what it is about.
const reportHead = 64 << 10

// apport reads the fields at the beginning of Ubuntu's reports.
func (c *Crash) apport(m machine) {
	b, err := m.read(c.Path, reportHead)
	if err != nil {
		return
	}
	v := keyValues(string(b), ":")
	if v["ProblemType"] == "" {
		return
	}
	if exe := v["ExecutablePath"]; exe != "" {
		c.Name, c.Module = path.Base(exe), exe
	}
	c.Version = v["Package"]
	if n, err := strconv.Atoi(v["Signal"]); err == nil {
		c.Signal = signalName(n)
	}
	if t, err := time.ParseInLocation("Mon Jan _2 15:04:05 2006", v["Date"], time.Local); err == nil {
		c.At = &t
	}
}

// ips reads the first line of macOS' reports, which is JSON, and of the rest
// how it ended.
func (c *Crash) ips(m machine) {
	b, err := m.read(c.Path, maxText)
	if err != nil {
		return
	}
	first, rest, _ := strings.Cut(string(b), "\n")
	var head struct {
		Timestamp string
		AppName   string `json:"app_name"`
		Version   string `json:"app_version"`
		BugType   string `json:"bug_type"`
	}
	if json.Unmarshal([]byte(first), &head) != nil {
		return
	}
	if head.AppName != "" {
		c.Name = head.AppName
	} else if head.BugType == "210" {
		c.Kind = "kernel crash"
	}
	c.Version = head.Version
	if t, err := time.Parse("2006-01-02 15:04:05.00 -0700", head.Timestamp); err == nil {
		c.At = &t
	}
	var body struct {
		PID       int
		Exception struct{ Signal string }
		ProcPath  string
	}
	if json.Unmarshal([]byte(rest), &body) == nil {
		c.PID, c.Signal, c.Module = body.PID, body.Exception.Signal, body.ProcPath
	}
}

// wer reads Windows' reports: lines of "Key=value", and pairs of
// "Sig[0].Name" and "Sig[0].Value".
func (c *Crash) wer(m machine) {
	b, err := m.read(c.Path, maxText)
	if err != nil {
		return
	}
	v := keyValues(windowsText(b), "=")
	c.Name = v["AppName"]
	if c.Name == "" {
		c.Name = path.Base(path.Dir(strings.ReplaceAll(c.Path, `\`, "/")))
	}
	if n, err := strconv.ParseUint(v["EventTime"], 10, 64); err == nil {
		if t := filetime(n); t != nil {
			c.At = t
		}
	}
	switch v["EventType"] {
	case "APPCRASH", "BEX", "BEX64":
		c.Version, c.Module, c.Signal = v["Sig[1].Value"], v["Sig[3].Value"], v["Sig[6].Value"]
		if v["EventType"] != "APPCRASH" {
			c.Signal = v["Sig[7].Value"]
		}
	case "CLR20r3":
		c.Version, c.Module, c.Signal = v["Sig[1].Value"], v["Sig[3].Value"], v["Sig[8].Value"]
	case "BlueScreen":
		c.Kind, c.Signal = "kernel crash", v["Sig[0].Value"]
	case "AppHangB1", "AppHangXProcB1":
		c.Version, c.Signal = v["Sig[1].Value"], "it did not answer"
	default:
		c.Signal = v["EventType"]
	}
}
