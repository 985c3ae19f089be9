package count

import (
	"os"
	"os/exec"
	"slices"
	"testing"
	"time"
)

func TestTreeCountsItselfAndItsChildren(t *testing.T) {
	child := exec.Command("sleep", "60")
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = child.Process.Kill()
		_ = child.Wait() // it was killed
	}()
	g := Tree{os.Getpid()}
	if pids := g.PIDs(); !slices.Contains(pids, child.Process.Pid) || !slices.Contains(pids, os.Getpid()) {
		t.Errorf("%v: this process or its child is not in it", pids)
	}
	before, began := g.CPU(), MachineCPU()
	for g.CPU()-before < 100*time.Millisecond { // what it counts must grow
	}
	if MachineCPU()-began < 90*time.Millisecond {
		t.Error("the machine was less busy than this process")
	}
	if mb := MemoryMB(g); mb < 1 {
		t.Errorf("%v MB", mb)
	}
	if mb := MemoryMB(Own{os.Getpid()}); mb >= MemoryMB(g)+1 {
		t.Errorf("%v MB without the child, which is more than with it", mb)
	}
}

func TestCgroup(t *testing.T) {
	c, err := NewCgroup("glass-test")
	if err != nil {
		t.Skip("no control groups can be made here:", err)
	}
	cmd := exec.Command("sh", "-c", `echo $$ >"$0" && while :; do :; done`, c.Procs())
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	waited := make(chan error, 1)
	go func() { waited <- cmd.Wait() }()
	for c.CPU() == 0 {
		select {
		case err := <-waited:
			t.Skip("no process can join a control group here:", err)
		default:
		}
	}
	if pids := c.PIDs(); !slices.Contains(pids, cmd.Process.Pid) {
		t.Errorf("%v: the process is not in it", pids)
	}
	if err := c.End(); err != nil {
		t.Error(err)
	}
	if err := <-waited; err == nil {
		t.Error("the process was not ended")
	}
}
