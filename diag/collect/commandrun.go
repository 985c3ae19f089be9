package collect

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// productCommand runs one of the product's own programs for its export.
type productCommand struct {
	number  int
	command Command
	folders []string // where a program without a path is looked up
	pages   codePages
}

const (
	maxCommandBytes = int64(16) << 20 // of output; it is held in memory twice over
	maxCommandTime  = 5 * time.Minute
	maxErrors       = int64(64) << 10 // of standard error
	maxArguments    = 64
)

func newCommand(number int, c Command) productCommand {
	if c.MaxBytes <= 0 {
		c.MaxBytes = DefaultCommandBytes
	}
	if c.Timeout <= 0 {
		c.Timeout = DefaultCommandTime
	}
	c.MaxBytes, c.Timeout = min(c.MaxBytes, maxCommandBytes), min(c.Timeout, maxCommandTime)
	if c.Name == "" {
		c.Name = filepath.Base(c.Path)
	}
	return productCommand{number: number, command: c, folders: programFolders(), pages: systemPages()}
}

func (p productCommand) Name() string   { return fmt.Sprintf("command-%d", p.number) }
func (p productCommand) Title() string  { return titleCommand }
func (p productCommand) Source() string { return visible(p.command.Name) }
func (p productCommand) Limit() Limit {
	return Limit{p.command.Timeout + 5*time.Second, 3*(p.command.MaxBytes+maxErrors) + 1<<20}
}

// errTooLate is why a command is stopped by its own limit.
var errTooLate = errors.New("it ran too long")

func (p productCommand) Collect(ctx context.Context, s Sink) error {
	program, err := p.find()
	if err != nil {
		return err
	}
	f := CommandFacts{Name: p.command.Name, Program: program, Arguments: p.command.Args}
	timed, cancel := context.WithTimeoutCause(ctx, p.command.Timeout, errTooLate)
	defer cancel()
	cmd := exec.CommandContext(timed, program, p.command.Args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "LANGUAGE=")
	cmd.Dir = os.TempDir()
	cmd.WaitDelay = 500 * time.Millisecond
	ownGroup(cmd)
	out, complaints := &output{keep: p.command.MaxBytes}, &output{keep: maxErrors}
	cmd.Stdout, cmd.Stderr = out, complaints
	start := time.Now()
	err = cmd.Run()
	f.Milliseconds = time.Since(start).Milliseconds()
	if cmd.ProcessState == nil {
		return fmt.Errorf("run %q: %w", program, reason(err))
	}
	if timed.Err() != nil {
		f.Stopped = "the collecting was stopped"
		if errors.Is(context.Cause(timed), errTooLate) {
			f.Stopped = fmt.Sprintf("it ran longer than %v", p.command.Timeout)
		}
	} else {
		code := cmd.ProcessState.ExitCode()
		f.Exit = &code
	}
	f.Output, f.Errors = out.size(), complaints.size()
	// What it printed until then is stored in any case.
	if err := p.store(s, f, out, complaints); err != nil {
		return err
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case f.Stopped != "":
		return fmt.Errorf("command %q: %s", p.command.Name, f.Stopped)
	case *f.Exit != 0:
		return fmt.Errorf("command %q ended with code %d", p.command.Name, *f.Exit)
	}
	return nil
}

func (p productCommand) store(s Sink, f CommandFacts, out, complaints *output) error {
	if err := writeFacts(s, fmt.Sprintf("system/command-%d.json", p.number), titleCommand, f); err != nil {
		return err
	}
	stem := fmt.Sprintf("commands/%d-%s", p.number, SafeName(p.command.Name))
	if err := p.text(s, stem+".log", titleCommand, f.Stopped, out); err != nil || f.Errors == 0 {
		return err
	}
	return p.text(s, stem+"-errors.log", titleCommandErrors, "", complaints)
}

// text stores what a program wrote, in whatever encoding.
func (p productCommand) text(s Sink, path, title, stopped string, o *output) error {
	var cuts []string
	if o.dropped > 0 || int64(len(o.buf)) > o.keep {
		cuts = append(cuts, fmt.Sprintf("only the last %d bytes are here", o.keep))
	}
	if stopped != "" {
		cuts = append(cuts, stopped+", and what would have followed is missing")
	}
	w, err := s.Create(path, FileInfo{Title: title, MediaType: plainText, Source: visible(p.command.Name), Cut: strings.Join(cuts, "; ")})
	if err != nil {
		return err
	}
	t := &textWriter{w: w, pages: p.pages}
	return finishText(t, w, decodeAll(t, o.bytes()))
}

// size is how much was written in all.
func (o *output) size() int64 { return o.dropped + int64(len(o.buf)) }

// refused are programs that make programs of texts, or start others by name:
// given to one of them, an argument would be a command.
var refused = []string{
	"sh", "bash", "dash", "zsh", "ksh", "mksh", "fish", "csh", "tcsh", "ash", "busybox", "env", "sudo", "su", "doas", "pkexec",
	"xargs", "nohup", "setsid", "cmd", "command", "powershell", "pwsh", "wscript", "cscript", "mshta", "rundll32", "regsvr32", "osascript", "wsl",
}

// find gives the program's file, if it is one that may be run: absolute or in
// one of the system's own folders, no shell, and not open to everybody's changes.
func (p productCommand) find() (string, error) {
	path := p.command.Path
	if len(p.command.Args) > maxArguments || strings.ContainsRune(strings.Join(p.command.Args, ""), 0) {
		return "", fmt.Errorf("command %q: its arguments are too many or not well formed", p.command.Name)
	}
	if !filepath.IsAbs(path) {
		if path == "" || path != filepath.Base(path) {
			return "", fmt.Errorf("command %q: a program is named by its whole path, or by its name alone", p.command.Name)
		}
		found := ""
		for _, folder := range p.folders {
			one := filepath.Join(folder, withExtension(path))
			if info, err := os.Stat(one); err == nil && info.Mode().IsRegular() {
				found = one
				break
			}
		}
		if found == "" {
			return "", absent(fmt.Sprintf("there is no program %q in the system's folders", path))
		}
		path = found
	}
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return "", absent(fmt.Sprintf("there is no program %q", path))
		}
		return "", fmt.Errorf("program %q: %w", path, reason(err))
	}
	for _, one := range []string{path, real} {
		if why := notRun(one); why != "" {
			return "", fmt.Errorf("program %q is not run: %s", path, why)
		}
	}
	return path, openToAll(real)
}

// notRun says why a program is refused by its name.
func notRun(path string) string {
	base := strings.ToLower(filepath.Base(path))
	ext := filepath.Ext(base)
	if slices.Contains([]string{".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".wsh", ".hta", ".msc"}, ext) {
		return "it is a script, which needs a shell"
	}
	if slices.Contains(refused, strings.TrimSuffix(base, ".exe")) {
		return "it makes commands of texts"
	}
	return ""
}
