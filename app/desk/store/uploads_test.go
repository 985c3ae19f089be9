package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
	"github.com/beistand/beistand/app/desk/store/files"
)

// both runs a test on both databases, over folders that desk opens.
func both(t *testing.T, test func(t *testing.T, desk func() *Store)) {
	t.Helper()
	dbtest.EachSource(t, func(t *testing.T, source string) {
		dir := t.TempDir()
		test(t, func() *Store {
			s, err := Open(t.Context(), dir, Options{Database: source})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			})
			return s
		})
	})
}

func hashed(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

func upload(t *testing.T, s *Store, ticket int64, content []byte) Upload {
	t.Helper()
	u, err := s.CreateUpload(t.Context(), Upload{
		Ticket: ticket, Name: "a.zip", Size: int64(len(content)), SHA256: hashed(content), Expires: start.Add(time.Hour),
	}, start)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// kept is an upload of content that is complete.
func kept(t *testing.T, s *Store, ticket int64, content []byte) Upload {
	t.Helper()
	u := upload(t, s, ticket, content)
	u, err := s.Append(t.Context(), u, bytes.NewReader(content), nil, u.Expires)
	if err == nil {
		err = s.FinishUpload(t.Context(), u, start, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func reads(t *testing.T, s *Store, content []byte) {
	t.Helper()
	f, err := s.Open(t.Context(), hashed(content))
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(f)
	if err = errors.Join(err, f.Close()); err != nil || !bytes.Equal(got, content) {
		t.Fatalf("%q %v", got, err)
	}
}

// count is how many rows a table has.
func count(t *testing.T, s *Store, table string) (n int) {
	t.Helper()
	if err := s.db.QueryRowContext(t.Context(), "SELECT count(*) FROM "+table).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// objects are the files below files/, by name.
func objects(t *testing.T, s *Store) (all []string) {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(s.dir, "files", "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func set(t *testing.T, s *Store, query string, args ...any) {
	t.Helper()
	if err := s.db.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := tx.ExecContext(t.Context(), query, args...)
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// TestCrash leaves behind what a crash can leave at each step, and recovers.
func TestCrash(t *testing.T) {
	content := []byte("what was collected")
	half := func(t *testing.T, s *Store, u Upload) Upload {
		t.Helper()
		u, err := s.Append(t.Context(), u, &brokenReader{left: content[:7]}, nil, u.Expires)
		if cut := (*BodyError)(nil); !errors.As(err, &cut) || u.Offset != 7 {
			t.Fatalf("%+v %v", u, err)
		}
		return u
	}
	for name, crash := range map[string]func(t *testing.T, s *Store, u Upload) int64{
		"bytes behind the offset": func(t *testing.T, s *Store, u Upload) int64 {
			u = half(t, s, u)
			f, err := os.OpenFile(filepath.Join(s.dir, "uploads", u.ID+"."+u.parts[0].Name), os.O_APPEND|os.O_WRONLY, 0)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if _, err := f.WriteString("never committed"); err != nil {
				t.Fatal(err)
			}
			return u.Offset
		},
		"a state of another version": func(t *testing.T, s *Store, u Upload) int64 {
			u = half(t, s, u)
			set(t, s, "UPDATE uploads SET digest = ?", []byte{0, 0xff})
			return u.Offset
		},
		"the last piece not finished": func(t *testing.T, s *Store, u Upload) int64 {
			whole, err := s.Append(t.Context(), half(t, s, u), bytes.NewReader(content[7:]), nil, u.Expires)
			if err != nil || whole.Offset != whole.Size {
				t.Fatalf("%+v %v", whole, err)
			}
			return 7
		},
		"placed and not written down": func(t *testing.T, s *Store, u Upload) int64 {
			whole, err := s.Append(t.Context(), half(t, s, u), bytes.NewReader(content[7:]), nil, u.Expires)
			if err != nil {
				t.Fatal(err)
			}
			key, err := files.NewKey(u.SHA256, u.ID)
			if err == nil {
				err = s.files.Assemble(t.Context(), u.ID, whole.parts, key)
			}
			if err != nil {
				t.Fatal(err)
			}
			return whole.Size
		},
		"unfinished at an older desk": func(t *testing.T, s *Store, u Upload) int64 {
			if err := os.WriteFile(filepath.Join(s.dir, "uploads", u.ID), []byte("what was and more"), 0o600); err != nil {
				t.Fatal(err)
			}
			set(t, s, "UPDATE uploads SET position = 8 WHERE id = ?", u.ID)
			set(t, s, "INSERT INTO upload_parts (upload, position, name, size) VALUES (?, 0, '', 8)", u.ID)
			return 8
		},
		"verified and moved by an older desk": func(t *testing.T, s *Store, u Upload) int64 {
			set(t, s, "UPDATE uploads SET position = size WHERE id = ?", u.ID)
			set(t, s, "INSERT INTO upload_parts (upload, position, name, size) VALUES (?, 0, '', ?)", u.ID, u.Size)
			older(t, s, u.ID, content)
			return u.Size
		},
	} {
		t.Run(name, func(t *testing.T) {
			both(t, func(t *testing.T, desk func() *Store) {
				s := desk()
				made := file(t, s, "id")
				u := upload(t, s, made.Ticket.Number, content)
				stray := filepath.Join(s.dir, "uploads", newID()+".00")
				if err := os.WriteFile(stray, nil, 0o600); err != nil {
					t.Fatal(err)
				}
				want := crash(t, s, u)
				next := desk()
				told := 0
				also := func(context.Context, *db.Tx, Upload) error { told++; return nil }
				if err := next.Recover(t.Context(), start, also); err != nil {
					t.Fatal(err)
				}
				if _, err := os.Stat(stray); err == nil {
					t.Error("a file of no upload stays")
				}
				u, err := next.Upload(t.Context(), u.ID)
				if err != nil || u.Offset != want || u.Done != (want == u.Size) || u.Done != (told > 0) {
					t.Fatalf("%+v, told %d times, %v", u, told, err)
				}
				if !u.Done {
					if u, err = next.Append(t.Context(), u, bytes.NewReader(content[u.Offset:]), nil, u.Expires); err != nil {
						t.Fatal(err)
					}
					if err := next.FinishUpload(t.Context(), u, start, also); err != nil {
						t.Fatal(err)
					}
				}
				reads(t, next, content)
				if b, err := next.Bundle(t.Context(), made.Ticket.Number, u.ID); err != nil || b.SHA256 != hashed(content) || told != 1 {
					t.Errorf("%+v, told %d times, %v", b, told, err)
				}
				left, err := filepath.Glob(filepath.Join(s.dir, "uploads", "*"))
				if want != 7 && (err != nil || len(left) != 0) {
					t.Errorf("left behind: %q %v", left, err)
				}
				if n := count(t, s, "uploads") + count(t, s, "upload_parts"); n != 0 || len(objects(t, s)) != 1 {
					t.Errorf("%d rows left, objects %q", n, objects(t, s))
				}
			})
		})
	}
}

// older puts a bundle's file where desks of older versions had them.
func older(t *testing.T, s *Store, id string, content []byte) {
	t.Helper()
	dir := filepath.Join(s.dir, "bundles")
	err := os.MkdirAll(dir, 0o700)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, id), content, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestOlderBundles: bundles named by their IDs go to their hash's place, once for the same content, also in two goes.
func TestOlderBundles(t *testing.T) {
	both(t, func(t *testing.T, desk func() *Store) {
		s := desk()
		n := file(t, s, "id").Ticket.Number
		content, other := []byte("the same"), []byte("another")
		var ids []string
		for _, c := range [][]byte{content, content, other} {
			id := newID()
			ids = append(ids, id)
			set(t, s, "INSERT INTO bundles (id, ticket, name, size, sha256, metadata, created) VALUES (?, ?, 'a.zip', ?, ?, '', 0)", id, n, len(c), hashed(c))
			older(t, s, id, c)
		}
		set(t, s, "INSERT INTO objects (sha256, name, size, created) SELECT sha256, sha256 || '.' || substr(min(id), 1, 8), min(size), 0 FROM bundles GROUP BY sha256")
		ended, stop := context.WithCancel(t.Context())
		stop()
		if err := s.Recover(ended, start, nil); err == nil {
			t.Error("a start that was broken off went well")
		}
		for range 2 {
			if err := desk().Recover(t.Context(), start, nil); err != nil {
				t.Fatal(err)
			}
			reads(t, s, content)
			reads(t, s, other)
		}
		if got := objects(t, s); len(got) != 2 {
			t.Errorf("objects: %q", got)
		}
		if _, err := os.Stat(filepath.Join(s.dir, "bundles")); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("the old folder stays: %v", err)
		}
		if err := s.DropUpload(t.Context(), ids[0]); !errors.Is(err, ErrNotFound) {
			t.Errorf("a bundle was dropped: %v", err)
		}
	})
}

// TestAppendBreaks: without a checksum what came is kept, with one nothing is.
func TestAppendBreaks(t *testing.T) {
	both(t, func(t *testing.T, desk func() *Store) {
		s := desk()
		content := bytes.Repeat([]byte("0123456789"), 100)
		broken := func() *brokenReader { return &brokenReader{left: content[:333]} }
		u := upload(t, s, file(t, s, "id").Ticket.Number, content)
		sum := sha256.Sum256(content)
		var cut *BodyError
		got, err := s.Append(t.Context(), u, broken(), &Sum{Hash: sha256.New(), Want: sum[:]}, u.Expires)
		if !errors.As(err, &cut) || got.Offset != 0 {
			t.Fatalf("with a checksum: %d %v", got.Offset, err)
		}
		if _, err = s.Append(t.Context(), u, bytes.NewReader(content[:333]), &Sum{Hash: sha256.New(), Want: sum[:]}, u.Expires); !errors.Is(err, ErrChecksum) {
			t.Fatalf("with a wrong checksum: %v", err)
		}
		got, err = s.Append(t.Context(), u, broken(), nil, u.Expires)
		if !errors.As(err, &cut) || got.Offset != 333 {
			t.Fatalf("without: %d %v", got.Offset, err)
		}
		if _, err := s.Append(t.Context(), u, broken(), nil, u.Expires); !errors.Is(err, ErrConflict) {
			t.Fatalf("from an offset that is over: %v", err)
		}
		if _, err := s.Append(t.Context(), got, bytes.NewReader(content), nil, u.Expires); !errors.Is(err, ErrTooLong) {
			t.Fatalf("too long: %v", err)
		}
		if got, err = s.Append(t.Context(), got, iotest.OneByteReader(bytes.NewReader(content[333:])), nil, u.Expires); err != nil {
			t.Fatal(err)
		}
		if err := s.FinishUpload(t.Context(), got, start, nil); err != nil {
			t.Fatal(err)
		}
		reads(t, s, content)
		if err := s.DropUpload(t.Context(), got.ID); !errors.Is(err, ErrNotFound) {
			t.Errorf("a bundle was dropped: %v", err)
		}
	})
}

// TestSameContent: what several tickets bring is kept once, and both have it.
func TestSameContent(t *testing.T) {
	both(t, func(t *testing.T, desk func() *Store) {
		s := desk()
		content := []byte("the same everywhere")
		n := file(t, s, "id").Ticket.Number
		var all sync.WaitGroup
		for range 4 {
			u := upload(t, s, n, content)
			all.Go(func() {
				u, err := s.Append(t.Context(), u, bytes.NewReader(content), nil, u.Expires)
				if err == nil {
					err = s.FinishUpload(t.Context(), u, start, nil)
				}
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if got := objects(t, s); len(got) != 1 || count(t, s, "bundles") != 4 {
			t.Errorf("objects %q, %d bundles", got, count(t, s, "bundles"))
		}
		reads(t, s, content)
	})
}

// TestWrongHash: content that was not announced is deleted.
func TestWrongHash(t *testing.T) {
	both(t, func(t *testing.T, desk func() *Store) {
		s := desk()
		u := upload(t, s, file(t, s, "id").Ticket.Number, []byte("announced"))
		u, err := s.Append(t.Context(), u, bytes.NewReader([]byte("different")), nil, u.Expires)
		if err != nil {
			t.Fatal(err)
		}
		var wrong *HashError
		if err := s.FinishUpload(t.Context(), u, start, nil); !errors.As(err, &wrong) || wrong.Got != hashed([]byte("different")) {
			t.Errorf("finish: %v", err)
		}
		if _, err := s.Upload(t.Context(), u.ID); !errors.Is(err, ErrNotFound) {
			t.Errorf("the upload stays: %v", err)
		}
		left, err := filepath.Glob(filepath.Join(s.dir, "*s", "*"))
		if err != nil || len(left) != 0 {
			t.Errorf("left behind: %q %v", left, err)
		}
	})
}

// TestAttach: an entry gets the ticket's files, and nobody else's.
func TestAttach(t *testing.T) {
	both(t, func(t *testing.T, desk func() *Store) {
		s := desk()
		n, other := file(t, s, "id").Ticket.Number, file(t, s, "other").Ticket.Number
		content := []byte("a picture")
		u, err := s.CreateUpload(t.Context(), Upload{
			Ticket: n, Kind: api.UploadFile, Type: "image/png", Name: "a.png", Size: int64(len(content)), SHA256: hashed(content), Expires: start.Add(time.Hour),
		}, start)
		if err == nil {
			u, err = s.Append(t.Context(), u, bytes.NewReader(content), nil, u.Expires)
		}
		if err == nil {
			err = s.FinishUpload(t.Context(), u, start, nil)
		}
		if err != nil {
			t.Fatal(err)
		}
		b := kept(t, s, n, []byte("a bundle"))
		attach := func(ticket int64, public bool, ids ...string) (list []api.File, err error) {
			err = s.db.Tx(t.Context(), func(tx *db.Tx) (err error) {
				list, err = Attach(t.Context(), tx, ticket, public, ids)
				return err
			})
			return list, err
		}
		for _, id := range []string{"", "nothing", newID()} {
			if _, err := attach(n, true, id); !errors.Is(err, ErrNotFound) {
				t.Errorf("%q: %v", id, err)
			}
		}
		if _, err := attach(other, true, u.ID); !errors.Is(err, ErrNotFound) {
			t.Errorf("another ticket's: %v", err)
		}
		for _, public := range []bool{false, true, false} {
			list, err := attach(n, public, u.ID, b.ID)
			if err != nil || len(list) != 2 || list[0].Name != "a.png" || list[0].Type != "image/png" || list[1].ID != b.ID {
				t.Fatalf("%+v %v", list, err)
			}
		}
		if f, err := s.File(t.Context(), n, u.ID); err != nil || !f.Public || !f.Used {
			t.Errorf("%+v %v", f, err)
		}
		if _, err := s.File(t.Context(), other, u.ID); !errors.Is(err, ErrNotFound) {
			t.Errorf("another ticket's file was read: %v", err)
		}
	})
}

type brokenReader struct{ left []byte }

func (b *brokenReader) Read(p []byte) (int, error) {
	if len(b.left) == 0 {
		return 0, errors.New("connection reset")
	}
	n := copy(p, b.left)
	b.left = b.left[n:]
	return n, nil
}
