package analyze

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/beistand/beistand/diag/bundle"
)

// journal is a log as systems write them: mostly calm, now and then an error.
func journal(size int) []byte {
	var b bytes.Buffer
	for i := 0; b.Len() < size; i++ {
		switch i % 50 {
		case 7:
			fmt.Fprintf(&b, "2026-11-20T09:%02d:%02d+0000 pc7 ledger[%d]: cannot open \"/srv/ledger/%d.db\": no such file\n", i/60%60, i%60, i%9000, i)
		case 31:
			fmt.Fprintf(&b, "2026-11-20T09:%02d:%02d+0000 pc7 kernel: usb 1-4: new high-speed USB device number %d using xhci_hcd\n", i/60%60, i%60, i%100)
		default:
			fmt.Fprintf(&b, "2026-11-20T09:%02d:%02d+0000 pc7 systemd[1]: Started session-%d.scope - Session %d of User anna.\n", i/60%60, i%60, i, i)
		}
	}
	return b.Bytes()[:size]
}

// BenchmarkLog reads a log for shapes and signs, beside copying its bytes.
func BenchmarkLog(b *testing.B) {
	calm := journal(8 << 20)
	errors := []byte(strings.Repeat("2026-11-20 09:00:00 ERROR worker 17: cannot reach https://ledger.example.com/api/7 after 20 ms\n", 8<<20/97))
	for _, c := range []struct {
		name string
		text []byte
	}{{"journal", calm}, {"errors only", errors}} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.text)))
			for b.Loop() {
				scanText(b, bytes.NewReader(c.text))
			}
		})
	}
	b.Run("plain copy", func(b *testing.B) {
		b.SetBytes(int64(len(calm)))
		buf := make([]byte, partSize)
		for b.Loop() {
			if _, err := io.CopyBuffer(struct{ io.Writer }{io.Discard}, struct{ io.Reader }{bytes.NewReader(calm)}, buf); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// standardBundle writes the evidence of all fixtures that fire into one bundle
// with a system log of the given size.
func standardBundle(t testing.TB, logSize int) string {
	t.Helper()
	files := map[string]string{}
	for name, text := range conditionFiles {
		if strings.HasPrefix(name, "system/") {
			files[name] = text
		}
	}
	var packages strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&packages, "{\n      \"name\": \"package-%d\",\n      \"version\": \"1.%d-2ubuntu3\",\n      \"architecture\": \"amd64\"\n    },\n    ", i, i)
	}
	files["system/packages.json"] = "{\n  \"count\": 3000,\n  \"sources\": [\"dpkg\"],\n  \"broken\": [\"x\"],\n  \"packages\": [\n    " + packages.String() + "{\"name\": \"z\", \"version\": \"1\"}\n  ]\n}\n"
	files["logs/system.log"] = string(journal(logSize))
	f := newFixture(t, files)
	path := filepath.Join(t.TempDir(), "standard.zip")
	w, err := bundle.Create(path, bundle.Manifest{Tool: "beistand", Created: fixtureTime, OS: "linux"})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Discard()
	for _, one := range f.manifest.Files {
		to, err := w.Add(one)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(to, files[one.Path]); err != nil {
			t.Fatal(err)
		}
		if err := to.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// BenchmarkBundle draws all findings from a whole bundle on disk; the limit is 100 ms.
func BenchmarkBundle(b *testing.B) {
	for _, megabytes := range []int{2, 8} {
		b.Run(fmt.Sprintf("system log of %d MB", megabytes), func(b *testing.B) {
			path := standardBundle(b, megabytes<<20)
			for b.Loop() {
				r, err := bundle.Open(path)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := Run(context.Background(), r); err != nil {
					b.Fatal(err)
				}
				r.Close()
			}
		})
		b.Run(fmt.Sprintf("verify alone, %d MB", megabytes), func(b *testing.B) {
			path := standardBundle(b, megabytes<<20)
			for b.Loop() {
				r, err := bundle.Open(path)
				if err != nil {
					b.Fatal(err)
				}
				if err := r.Verify(context.Background()); err != nil {
					b.Fatal(err)
				}
				r.Close()
			}
		})
	}
}
