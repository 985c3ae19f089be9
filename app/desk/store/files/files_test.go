package files_test

import (
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"github.com/beistand/beistand/app/desk/store/files"
	"github.com/beistand/beistand/app/desk/store/files/filestest"
)

func TestFolder(t *testing.T) {
	filestest.Run(t, func(t *testing.T) func() files.Files {
		dir := t.TempDir()
		return func() files.Files {
			f, err := files.NewFolder(dir, files.Disk{})
			if err != nil {
				t.Fatal(err)
			}
			return f
		}
	})
}

// bucket is a server of S3's own protocol, with one bucket.
func bucket(t *testing.T, before func(w http.ResponseWriter, r *http.Request) bool) files.Where {
	t.Helper()
	back := s3mem.New()
	if err := back.CreateBucket("desk"); err != nil {
		t.Fatal(err)
	}
	s3 := gofakes3.New(back).Server()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if before == nil || !before(w, r) {
			s3.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(server.Close)
	w, err := files.ParseWhere("s3://desk/some/where?region=us-east-1&style=path&endpoint=" + server.URL)
	if err != nil {
		t.Fatal(err)
	}
	w.AccessKey, w.SecretKey = "access", "secret"
	return w
}

func TestBucket(t *testing.T) {
	filestest.Run(t, func(t *testing.T) func() files.Files {
		w := bucket(t, nil)
		return func() files.Files {
			dir := t.TempDir()
			f, err := files.NewBucket(t.Context(), w, dir, files.Disk{})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { // nothing stays on the machine
				left, err := filepath.Glob(filepath.Join(dir, "*", "*"))
				if err != nil || len(left) != 0 {
					t.Errorf("left behind: %q %v", left, err)
				}
			})
			return f
		}
	})
}

// TestBucketRefuses: a bucket that is not there, and one that is full, say so.
func TestBucketRefuses(t *testing.T) {
	full := false
	w := bucket(t, func(w http.ResponseWriter, r *http.Request) bool {
		if !full || r.Method != http.MethodPut {
			return false
		}
		_, _ = io.Copy(io.Discard, r.Body)
		w.WriteHeader(http.StatusInsufficientStorage)
		_, _ = io.WriteString(w, "<Error><Code>XMinioStorageFull</Code><Message>full</Message></Error>")
		return true
	})
	other := w
	other.Bucket = "other"
	if _, err := files.NewBucket(t.Context(), other, t.TempDir(), files.Disk{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no such bucket: %v", err)
	}
	f, err := files.NewBucket(t.Context(), w, t.TempDir(), files.Disk{})
	if err != nil {
		t.Fatal(err)
	}
	key, err := files.NewKey("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", strings.Repeat("0", 32)) // FIPS 180-4: "abc"
	if err != nil {
		t.Fatal(err)
	}
	full = true
	if err := f.Put(t.Context(), key, strings.NewReader("abc")); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("a full bucket: %v", err)
	}
	full = false
	if err := f.Put(t.Context(), key, strings.NewReader("abc")); err != nil {
		t.Error(err)
	}
}

func TestWhere(t *testing.T) {
	for text, want := range map[string]files.Where{
		"s3://desk":                          {Endpoint: "s3.amazonaws.com", Secure: true, Bucket: "desk"},
		"s3://desk/a/b/?region=eu-central-1": {Endpoint: "s3.amazonaws.com", Secure: true, Bucket: "desk", Prefix: "a/b/", Region: "eu-central-1"},
		"s3://d?endpoint=https://s3.example.com:9000&style=path": {Endpoint: "s3.example.com:9000", Secure: true, Bucket: "d", PathOnly: true},
		"s3://d?endpoint=http://127.0.0.1:9000":                  {Endpoint: "127.0.0.1:9000", Bucket: "d"},
	} {
		if got, err := files.ParseWhere(text); err != nil || got != want {
			t.Errorf("%s: %+v %v", text, got, err)
		}
	}
	for _, bad := range []string{
		"", "desk", "s3://", "http://desk", "s3://key:secret@desk", "s3://desk:1/", "s3://desk?endpoint=s3.example.com",
		"s3://desk?endpoint=http://s3.example.com", "s3://desk?endpoint=https://a/path", "s3://desk?endpoint=https://u@a",
		"s3://desk?style=other", "s3://desk?key=1", "s3://desk?region=a&region=b", "s3://desk?endpoint=ftp://a",
	} {
		if got, err := files.ParseWhere(bad); err == nil {
			t.Errorf("%s: %+v", bad, got)
		}
	}
}

func FuzzWhere(f *testing.F) {
	f.Add("s3://desk/a?endpoint=https://s3.example.com&style=path&region=x")
	f.Fuzz(func(t *testing.T, text string) {
		w, err := files.ParseWhere(text)
		if err == nil && (w.Bucket == "" || w.Endpoint == "" || !w.Secure && !strings.Contains(w.Endpoint, "localhost") && !strings.Contains(w.Endpoint, ":") && !strings.HasPrefix(w.Endpoint, "127.")) {
			t.Errorf("%q: %+v", text, w)
		}
	})
}

// TestRoom: the reserve stays free.
func TestRoom(t *testing.T) {
	f, err := files.NewFolder(t.TempDir(), files.Disk{Free: func(string) (uint64, error) { return files.Reserve + 100, nil }})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Room(100); err != nil {
		t.Error(err)
	}
	if err := f.Room(101); !errors.Is(err, files.ErrNoRoom) {
		t.Errorf("101 bytes: %v", err)
	}
}

// TestOlderDesk: an unfinished file as desks named it before goes on.
func TestOlderDesk(t *testing.T) {
	dir := t.TempDir()
	f, err := files.NewFolder(dir, files.Disk{})
	if err != nil {
		t.Fatal(err)
	}
	id := strings.Repeat("ab", 16)
	if err := os.WriteFile(filepath.Join(dir, "uploads", id), []byte("abnothing"), 0o600); err != nil {
		t.Fatal(err)
	}
	parts := []files.Part{{Size: 2}}
	p, err := f.Begin(t.Context(), id, parts)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Write([]byte("c")); err != nil {
		t.Fatal(err)
	}
	part, err := p.Commit(t.Context(), true)
	if err = errors.Join(err, p.Close()); err != nil {
		t.Fatal(err)
	}
	key, err := files.NewKey("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", id)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Assemble(t.Context(), id, filestest.Grown(parts, part), key); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(filepath.Join(dir, "files", "ba", string(key))); err != nil || string(got) != "abc" {
		t.Errorf("%q %v", got, err)
	}
}
