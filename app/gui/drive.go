//go:build drive && !headless

package gui

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"

	"fyne.io/fyne/v2"
)

// driveEnv names the unix socket on which a program built for tests tells what
// its windows show.
const driveEnv = "BEISTAND_DRIVE"

// driveLimit bounds how long one question may take.
const driveLimit = 10 * time.Second

// drive answers each connection with the widgets of all windows, as JSON. It
// can only look: it reads nothing from the connection.
type drive struct {
	app      fyne.App
	listener net.Listener
	closing  chan struct{}
	answers  sync.WaitGroup
}

// startDrive opens the door when the environment asks for it. stop closes it
// and waits until the last answer has been given.
func startDrive(app fyne.App) (stop func()) {
	path := os.Getenv(driveEnv)
	if path == "" {
		return func() {}
	}
	listener, err := net.Listen("unix", path)
	if err == nil {
		err = os.Chmod(path, 0o600)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "the door for tests stays shut:", err)
		return func() {}
	}
	d := &drive{app: app, listener: listener, closing: make(chan struct{})}
	d.answers.Go(d.serve)
	return sync.OnceFunc(func() {
		close(d.closing)
		d.listener.Close()
		d.answers.Wait()
	})
}

func (d *drive) serve() {
	for {
		conn, err := d.listener.Accept()
		if err != nil {
			return
		}
		d.answers.Go(func() { d.answer(conn) })
	}
}

func (d *drive) answer(conn net.Conn) {
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(driveLimit))
	seen := make(chan []driveWindow, 1)
	// Not DoAndWait: a program that is ending would never come back from it.
	fyne.Do(func() { seen <- look(d.app) })
	busy := time.AfterFunc(driveLimit/2, tellBusy)
	defer busy.Stop()
	timer := time.NewTimer(driveLimit)
	defer timer.Stop()
	select {
	case windows := <-seen:
		_ = json.NewEncoder(conn).Encode(map[string]any{"windows": windows}) // who asked may have gone
	case <-d.closing:
	case <-timer.C:
	}
}

// tellBusy prints what the user interface's thread does instead of answering.
func tellBusy() {
	all := make([]byte, 1<<20)
	for one := range strings.SplitSeq(string(all[:runtime.Stack(all, true)]), "\n\n") {
		if strings.Contains(one, "main.main()") {
			fmt.Fprintf(os.Stderr, "the window has not answered for %v:\n%s\n", driveLimit/2, one)
		}
	}
}
