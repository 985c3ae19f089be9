package cast

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	"github.com/beistand/beistand/app/lab"
)

// The roles.
const (
	RoleDesk   = "desk"
	RoleHost   = "host"
	RoleViewer = "viewer"
	RoleProxy  = "proxy"
)

// Play is called first by a TestMain. In a program that was started for a role
// it plays that to its end and exits; otherwise it gives back control.
func Play() {
	var err error
	switch role := os.Getenv(lab.RoleEnv); role {
	case "":
		lab.Enter()
		return
	case RoleDesk:
		err = play(desk)
	case RoleHost:
		err = play(host)
	case RoleViewer:
		err = play(viewer)
	case RoleProxy:
		err = play(proxy)
	default:
		err = fmt.Errorf("no such role: %q", role)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// play gives a role its configuration, and what it is told, line by line. The
// context ends with the standard input: nothing outlives its test.
func play[C any](role func(context.Context, C, <-chan string) error) error {
	var config C
	if err := json.Unmarshal([]byte(os.Getenv(lab.ConfigEnv)), &config); err != nil {
		return fmt.Errorf("read the role's configuration: %w", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	told := make(chan string, 16)
	go func() { // ends with the process
		defer cancel()
		for {
			var line string
			if _, err := fmt.Fscanln(os.Stdin, &line); errors.Is(err, io.EOF) {
				return
			}
			told <- line
		}
	}()
	return role(ctx, config, told)
}

var saying sync.Mutex // guards standard output

// say writes one line.
func say(line any) {
	text, err := json.Marshal(line)
	if err != nil { // ours, and plain
		panic(err)
	}
	saying.Lock()
	defer saying.Unlock()
	fmt.Printf("%s\n", text)
}
