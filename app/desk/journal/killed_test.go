package journal_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"

	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
)

// TestChild is TestKilled's other process: it writes and says what was
// committed, and numbers nothing if it is told so, until it is killed.
func TestChild(t *testing.T) {
	source := os.Getenv("BEISTAND_JOURNAL_CHILD")
	if source == "" {
		return
	}
	d, err := db.Open(t.Context(), source)
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("BEISTAND_JOURNAL_SEALS") != "" {
		j := idle(t, d)
		go j.Run(context.Background())
		defer j.Kick()
	}
	for n := 0; ; n++ {
		write(t, d, entry(n))
		if _, err := fmt.Println("committed", n); err != nil {
			return
		}
	}
}

// What a process has committed before it was killed is in the chain, whether
// that process was to number it or another is: nothing is lost and nothing twice.
func TestKilled(t *testing.T) {
	dbtest.EachSource(t, func(t *testing.T, source string) {
		for _, seals := range []string{"", "1"} {
			d := dbtest.Open(t, source)
			var before, atLeast int
			if err := d.QueryRowContext(t.Context(), "SELECT count(*) FROM journal").Scan(&before); err != nil {
				t.Fatal(err)
			}
			for range 3 {
				atLeast += kill(t, source, seals)
			}
			j := running(t, d)
			within(t, func() bool {
				var have int
				if err := d.QueryRowContext(t.Context(), "SELECT count(*) FROM journal").Scan(&have); err != nil {
					t.Fatal(err)
				}
				return have >= before+atLeast
			})
			if end, err := j.Verify(t.Context()); err != nil || end.Seq > int64(before+atLeast+3) {
				t.Errorf("%d were acknowledged: %+v %v", before+atLeast, end, err)
			}
		}
	})
}

// kill starts a child, kills it in the middle, and says how many entries it committed.
func kill(t *testing.T, source, seals string) (committed int) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestChild$")
	child.Env = append(os.Environ(), "BEISTAND_JOURNAL_CHILD="+source, "BEISTAND_JOURNAL_SEALS="+seals)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if committed++; committed == 20 {
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = child.Wait() // it was killed
	if committed < 20 {
		t.Fatalf("the child said %d lines", committed)
	}
	return committed
}
