package launch

import (
	"image"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/beistand/beistand/app/lab/glass/tally"
)

// TestPeerIsMeasured starts the peer that copies, over an impaired link, and
// takes its figures; what was started must be gone afterwards.
func TestPeerIsMeasured(t *testing.T) {
	const try = "glass-try"
	if out, err := exec.Command("ip", "netns", "add", try).CombinedOutput(); err != nil {
		t.Skipf("no network namespaces can be made here: %v %s", err, out)
	}
	if err := ip("netns", "del", try); err != nil {
		t.Fatal(err)
	}
	glass := filepath.Join(t.TempDir(), "glass")
	if out, err := exec.Command("go", "build", "-o", glass, "..").CombinedOutput(); err != nil {
		t.Fatalf("build glass: %v\n%s", err, out)
	}
	o := Options{
		Peer: "ideal-20", Scripts: "../peers", Net: "thin", Size: image.Pt(1280, 720), Warm: 500 * time.Millisecond, Length: time.Second,
		Lock: filepath.Join(t.TempDir(), "lock"), Dir: t.TempDir(), Glass: glass,
	}
	var got []tally.Result
	keep := func(r *tally.Result) error {
		got = append(got, *r)
		return nil
	}
	if err := Run(t.Context(), o, []string{"typing"}, keep); err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || got[0].Failed != "" {
		t.Fatalf("%+v", got)
	}
	r := got[0]
	if r.Latency.N == 0 || r.Latency.P50 <= 0 || r.ViewCPU <= 0 || r.ViewMB <= 0 || r.Net != "thin" || r.Size != "1280x720" {
		t.Errorf("%+v", r)
	}
	if left, err := filepath.Glob("/sys/fs/cgroup/*/glass-" + pid() + "-*"); err != nil || len(left) > 0 {
		t.Errorf("control groups are left: %v, %v", left, err)
	}
	if left, err := filepath.Glob("/run/netns/glass" + pid() + "*"); err != nil || len(left) > 0 {
		t.Errorf("namespaces are left: %v, %v", left, err)
	}
}

// A peer that does not come up has a result that says so.
func TestPeerThatIsNotThere(t *testing.T) {
	var got []tally.Result
	err := Run(t.Context(), Options{Peer: "nobody", Scripts: t.TempDir(), Net: "clean", Dir: t.TempDir()}, []string{"typing", "scroll"}, func(r *tally.Result) error {
		got = append(got, *r)
		return nil
	})
	if err != nil || len(got) != 2 || got[0].Failed == "" || got[1].Scene != "scroll" {
		t.Errorf("%+v, %v", got, err)
	}
}
