package desk

import (
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/beistand/beistand/app/api"
)

// TestTus goes through tus.io 1.0.0, the core and the extensions that OPTIONS names.
func TestTus(t *testing.T) {
	h := open(t)
	made := h.ticket()
	content := noise(1000)
	sums := map[string]string{}
	for name, piece := range map[string][]byte{"first": content[:400], "rest": content[400:]} {
		one, two := sha1.Sum(piece), sha256.Sum256(piece)
		sums[name+"1"] = "sha1 " + base64.StdEncoding.EncodeToString(one[:])
		sums[name+"2"] = "sha256 " + base64.StdEncoding.EncodeToString(two[:])
	}
	full := metadata(made.Ticket.Number, "case.zip", content)
	path := h.create(made, content)

	steps := []struct {
		name, method, path string
		body               []byte
		header             []string
		status             int
		want               []string // header pairs; "-" is absent
	}{
		{"options tells what is spoken", "OPTIONS", api.PathUploads, nil, []string{"Tus-Resumable", "0.2.2"}, 204, []string{
			"Tus-Version", "1.0.0", "Tus-Extension", tusExtensions, "Tus-Max-Size", fmt.Sprint(api.MaxBundle),
			"Tus-Checksum-Algorithm", "sha1,sha256", "Tus-Resumable", "1.0.0",
		}},
		{"another version", "HEAD", path, nil, []string{"Tus-Resumable", "0.2.2"}, 412, []string{"Tus-Version", "1.0.0", "Upload-Offset", "-"}},
		{"no version", "POST", api.PathUploads, nil, []string{"Tus-Resumable", ""}, 412, []string{"Tus-Version", "1.0.0"}},

		{"create without length", "POST", api.PathUploads, nil, []string{"Upload-Metadata", full}, 400, nil},
		{"create with deferred length", "POST", api.PathUploads, nil, []string{"Upload-Defer-Length", "1", "Upload-Metadata", full}, 400, nil},
		{"create with negative length", "POST", api.PathUploads, nil, []string{"Upload-Length", "-1", "Upload-Metadata", full}, 400, nil},
		{"create with signed length", "POST", api.PathUploads, nil, []string{"Upload-Length", "+1", "Upload-Metadata", full}, 400, nil},
		{"create too large", "POST", api.PathUploads, nil, []string{"Upload-Length", fmt.Sprint(api.MaxBundle + 1), "Upload-Metadata", full}, 413, nil},
		{"create without metadata", "POST", api.PathUploads, nil, []string{"Upload-Length", "5"}, 400, nil},
		{"create with a path as name", "POST", api.PathUploads, nil, []string{"Upload-Length", "5", "Upload-Metadata", metadata(made.Ticket.Number, "../x", content)}, 400, nil},
		{"create with a turned name", "POST", api.PathUploads, nil, []string{"Upload-Length", "5", "Upload-Metadata", metadata(made.Ticket.Number, "a\u202epiz.exe", content)}, 400, nil},

		{"head at the start", "HEAD", path, nil, nil, 200, []string{
			"Upload-Offset", "0", "Upload-Length", "1000", "Upload-Metadata", full, "Cache-Control", "no-store", "Tus-Resumable", "1.0.0",
		}},
		{"head of nothing", "HEAD", api.UploadPath("0123456789abcdef0123456789abcdef"), nil, nil, 404, []string{"Upload-Offset", "-"}},
		{"patch with another type", "PATCH", path, content[:400], []string{"Content-Type", "application/octet-stream", "Upload-Offset", "0"}, 415, nil},
		{"patch without offset", "PATCH", path, content[:400], []string{"Content-Type", patchType}, 400, nil},
		{"patch behind a gap", "PATCH", path, content[:400], []string{"Content-Type", patchType, "Upload-Offset", "1"}, 409, nil},
		{"patch of nothing", "PATCH", api.UploadPath("0123456789abcdef0123456789abcdef"), content, []string{"Content-Type", patchType, "Upload-Offset", "0"}, 404, nil},
		{"patch too long", "PATCH", path, append(noise(1000), 1), []string{"Content-Type", patchType, "Upload-Offset", "0"}, 413, nil},
		{"checksum of a foreign kind", "PATCH", path, content[:400], []string{"Content-Type", patchType, "Upload-Offset", "0", "Upload-Checksum", "md5 AAAA"}, 400, nil},
		{"checksum that is none", "PATCH", path, content[:400], []string{"Content-Type", patchType, "Upload-Offset", "0", "Upload-Checksum", "sha1 AAAA"}, 400, nil},
		{"checksum that differs", "PATCH", path, content[:400], []string{"Content-Type", patchType, "Upload-Offset", "0", "Upload-Checksum", sums["rest1"]}, 460, nil},
		{"nothing of it was kept", "HEAD", path, nil, nil, 200, []string{"Upload-Offset", "0"}},
		{"patch with sha1", "PATCH", path, content[:400], []string{"Content-Type", patchType, "Upload-Offset", "0", "Upload-Checksum", sums["first1"]}, 204, []string{"Upload-Offset", "400", "Tus-Resumable", "1.0.0"}},
		{"the same once more", "PATCH", path, content[:400], []string{"Content-Type", patchType, "Upload-Offset", "0"}, 409, nil},
		{"an empty patch", "PATCH", path, nil, []string{"Content-Type", patchType, "Upload-Offset", "400"}, 204, []string{"Upload-Offset", "400"}},
		{"delete of a complete one follows", "HEAD", path, nil, nil, 200, []string{"Upload-Offset", "400"}},
		{"another method's name in a header", "POST", path, content[400:], []string{
			"X-HTTP-Method-Override", "PATCH", "Content-Type", patchType, "Upload-Offset", "400", "Upload-Checksum", sums["rest2"],
		}, 204, []string{"Upload-Offset", "1000", "Upload-Expires", "-"}},
		{"head when complete", "HEAD", path, nil, nil, 200, []string{"Upload-Offset", "1000", "Upload-Length", "1000", "Upload-Metadata", full}},
		{"head by override has no body to wait for", "POST", path, nil, []string{"X-HTTP-Method-Override", "HEAD"}, 200, []string{"Upload-Offset", "1000"}},
		{"patch when complete", "PATCH", path, []byte("x"), []string{"Content-Type", patchType, "Upload-Offset", "1000"}, 413, nil},
		{"terminate when complete", "DELETE", path, nil, nil, 409, nil},
	}
	for _, s := range steps {
		t.Run(s.name, func(t *testing.T) {
			status, head, body := h.do(s.method, s.path, made.Token, s.body, s.header...)
			if status != s.status {
				t.Fatalf("%d %s, want %d", status, body, s.status)
			}
			for i := 0; i < len(s.want); i += 2 {
				if got := head.Get(s.want[i]); got != s.want[i+1] && (s.want[i+1] != "-" || got != "") {
					t.Errorf("%s: %q, want %q", s.want[i], got, s.want[i+1])
				}
			}
			if status >= 400 && s.method != "HEAD" {
				kind(t, body)
			}
		})
	}

	id := path[strings.LastIndex(path, "/")+1:]
	status, head, body := h.do("GET", api.BundlePath(made.Ticket.Number, id), made.Token, nil, "Range", "bytes=990-")
	if status != 206 || string(body) != string(content[990:]) || head.Get("Content-Disposition") != "attachment; filename=case.zip" {
		t.Errorf("range: %d %v", status, head)
	}
}

// TestTusEnds are the ways in which an upload goes away.
func TestTusEnds(t *testing.T) {
	h := open(t)
	made := h.ticket()
	t.Run("terminated", func(t *testing.T) {
		path := h.create(made, noise(10))
		if status, _, _ := h.do("DELETE", path, made.Token, nil); status != 204 {
			t.Fatal(status)
		}
		if status, _, _ := h.do("HEAD", path, made.Token, nil); status != 404 {
			t.Fatal(status)
		}
	})
	t.Run("empty file", func(t *testing.T) {
		path := h.create(made, nil)
		if got := h.offset(path, made.Token); got != "0" {
			t.Fatal(got)
		}
		whole, err := h.store.Ticket(t.Context(), made.Ticket.Number)
		if err != nil || len(whole.Bundles) != 1 || whole.Bundles[0].Size != 0 {
			t.Fatalf("%+v %v", whole.Bundles, err)
		}
	})
	t.Run("another file than announced", func(t *testing.T) {
		path := h.create(made, noise(10))
		status, _, body := h.patch(path, made.Token, 0, []byte("0123456789"))
		if status != 460 || kind(t, body) != api.KindChecksum || !strings.Contains(string(body), "announced") {
			t.Fatalf("%d %s", status, body)
		}
		if status, _, _ := h.do("HEAD", path, made.Token, nil); status != 404 {
			t.Fatalf("after the refusal: %d", status)
		}
	})
	t.Run("expired", func(t *testing.T) {
		path := h.create(made, noise(10))
		h.clock.pass(uploadTTL)
		if status, _, body := h.patch(path, made.Token, 0, noise(10)); status != 410 || kind(t, body) != api.KindGone {
			t.Fatalf("%d %s", status, body)
		}
		if err := h.sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if status, _, _ := h.do("HEAD", path, made.Token, nil); status != 404 {
			t.Fatalf("swept: %d", status)
		}
	})
	t.Run("too many at once", func(t *testing.T) {
		for range 4 {
			h.create(made, noise(10))
		}
		status, _, body := h.do("POST", api.PathUploads, made.Token, nil,
			"Upload-Length", "10", "Upload-Metadata", metadata(made.Ticket.Number, "a.zip", noise(10)))
		if status != 413 || kind(t, body) != api.KindTooLarge {
			t.Fatalf("%d %s", status, body)
		}
	})
	t.Run("more than a ticket may take", func(t *testing.T) {
		made := h.ticket()
		h.do("POST", api.PathUploads, made.Token, nil, "Upload-Length", fmt.Sprint(api.MaxBundle), "Upload-Metadata", metadata(made.Ticket.Number, "a.zip", nil))
		h.do("POST", api.PathUploads, made.Token, nil, "Upload-Length", fmt.Sprint(api.MaxBundle), "Upload-Metadata", metadata(made.Ticket.Number, "a.zip", nil))
		status, _, body := h.do("POST", api.PathUploads, made.Token, nil, "Upload-Length", "1", "Upload-Metadata", metadata(made.Ticket.Number, "a.zip", nil))
		if status != 413 {
			t.Fatalf("%d %s", status, body)
		}
	})
}

// TestNewerRequestWins proves that one request at a time has an upload, and that a hung one gives way.
func TestNewerRequestWins(t *testing.T) {
	h := open(t)
	made := h.ticket()
	content := noise(1 << 20)
	path := h.create(made, content)
	hung := h.hang(path, made.Token, content[:700_000], len(content))
	until(t, "two buffers of the hung request are at the desk", func() bool { return h.partial(path) >= 512<<10 })
	// HEAD stops it: what came without a checksum is kept.
	at, err := strconv.Atoi(h.offset(path, made.Token))
	if err != nil || at < 512<<10 || at > 700_000 {
		t.Fatalf("offset %d %v", at, err)
	}
	if status := <-hung; status != http.StatusBadRequest {
		t.Fatalf("the older request: %d", status)
	}
	if status, _, body := h.patch(path, made.Token, at, content[at:]); status != 204 {
		t.Fatalf("%d %s", status, body)
	}
}

func FuzzMetadata(f *testing.F) {
	for _, seed := range []string{
		"", " ", "a", "a b", "ticket MQ==,filename Y2FzZS56aXA=,sha256 QQ==", "a ,b", "a,a", ",", "a  Qg==", "a Qg==\n", "ä QQ==", "k QQ",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, header string) {
		m, err := parseMetadata(header)
		if err != nil {
			return
		}
		var pairs []string
		for k, v := range m {
			pairs = append(pairs, k+" "+base64.StdEncoding.EncodeToString([]byte(v)))
		}
		again, err := parseMetadata(strings.Join(pairs, ","))
		if err != nil && len(strings.Join(pairs, ",")) <= maxMetadata {
			t.Fatalf("%q: written again: %v", header, err)
		}
		if err == nil && fmt.Sprint(again) != fmt.Sprint(m) {
			t.Fatalf("%q: %v became %v", header, m, again)
		}
	})
}

func FuzzUploadHeaders(f *testing.F) {
	f.Add("0", "sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA=")
	f.Add("-1", "sha256 ")
	f.Add("9223372036854775808", "x")
	f.Fuzz(func(t *testing.T, size, sum string) {
		if n, err := parseSize("Upload-Offset", size); err == nil && n < 0 {
			t.Fatalf("%q is %d", size, n)
		}
		if s, err := parseChecksum(sum); err == nil && s != nil && len(s.Want) != s.Hash.Size() {
			t.Fatalf("%q", sum)
		}
	})
}
