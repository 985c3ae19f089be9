package client

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
)

func TestNew(t *testing.T) {
	for base, ok := range map[string]bool{
		"https://desk.example.com": true, "https://desk.example.com/below/": true, "http://localhost:7480": true,
		"http://127.0.0.1:1": true, "http://[::1]:1": true, "http://127.9.9.9": true,
		"http://desk.example.com": false, "http://localhost.example.com": false, "http://10.0.0.1": false, "http://0.0.0.0": false,
		"ftp://localhost": false, "desk.example.com": false, "https://": false, "https://a:b@c": false, "https://a?b=c": false, "": false, ":": false,
	} {
		c, err := New(base, Options{})
		if (err == nil) != ok {
			t.Errorf("%s: %v", base, err)
		}
		if err == nil && c.Desk() != strings.TrimSuffix(base, "/") {
			t.Errorf("%s became %s", base, c.Desk())
		}
	}
	_, err := New("http://desk.example.com", Options{})
	if e := (*InsecureError)(nil); !errors.As(err, &e) || !strings.Contains(err.Error(), "desk.example.com") {
		t.Errorf("%v", err)
	}
}

func serve(t *testing.T, h http.HandlerFunc) *Client {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	c, err := New(s.URL, Options{Token: "secret"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.CloseIdle)
	c.sleep = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	return c
}

func TestErrors(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		body   string
		want   Error
	}{
		"the desk's":       {403, `{"kind":"forbidden","message":"not yours"}`, Error{Status: 403, Kind: api.KindForbidden, Message: "not yours"}},
		"a proxy's":        {502, "<html>bad gateway</html>", Error{Status: 502, Kind: api.KindUnavailable}},
		"empty":            {507, "", Error{Status: 507, Kind: api.KindNoSpace}},
		"a redirect":       {302, "", Error{Status: 302, Kind: api.KindInvalid}},
		"terminal escapes": {400, `{"kind":"invalid","message":"\u001b[2Jx"}`, Error{Status: 400, Kind: api.KindInvalid, Message: " [2Jx"}},
		"a conflict":       {409, `{"kind":"conflict","message":"x","current":{"number":7}}`, Error{Status: 409, Kind: api.KindConflict, Message: "x", Current: []byte(`{"number":7}`)}},
		"wait":             {429, "", Error{Status: 429, Kind: api.KindTooMany, After: 7 * time.Second}},
	} {
		t.Run(name, func(t *testing.T) {
			cl := serve(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Location", "https://elsewhere.example.com/")
				if c.status == 429 {
					w.Header().Set("Retry-After", "7")
				}
				w.WriteHeader(c.status)
				_, _ = io.WriteString(w, c.body)
			})
			_, err := cl.Health(t.Context())
			var e *Error
			if !errors.As(err, &e) || !reflect.DeepEqual(*e, c.want) {
				t.Errorf("%+v", err)
			}
		})
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	c, err := New("http://"+l.Addr().String(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Health(t.Context())
	if u := (*Unreachable)(nil); !errors.As(err, &u) || u.Desk != c.Desk() {
		t.Errorf("nobody there: %v", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := c.Health(ctx); !errors.Is(err, context.Canceled) || errors.As(err, new(*Unreachable)) {
		t.Errorf("stopped: %v", err)
	}
}

// TestAnswerBounded: a desk cannot fill the client's memory.
func TestAnswerBounded(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		junk := []byte(strings.Repeat(" ", 1<<20))
		for range maxBody>>20 + 2 {
			if _, err := w.Write(junk); err != nil {
				return
			}
		}
	})
	if _, err := c.Health(t.Context()); err == nil || !strings.Contains(err.Error(), "longer than") {
		t.Errorf("%v", err)
	}
}

func TestReadEvents(t *testing.T) {
	for name, c := range map[string]struct {
		in   string
		want []string
	}{
		"one":               {"event: hello\ndata: {}\n\n", []string{"{}"}},
		"comments and id":   {":\n\n: x\nid: 1\nretry: 5\ndata:a\n\n", []string{"a"}},
		"lines":             {"data: a\ndata: b\n\n", []string{"a\nb"}},
		"carriage returns":  {"data: a\r\n\r\n", []string{"a"}},
		"cut":               {"data: a\n\ndata: b\n", []string{"a"}},
		"empty":             {"data\n\n", []string{""}},
		"no data, no event": {"event: x\n\n", nil},
	} {
		var got []string
		err := readEvents(strings.NewReader(c.in), func() {}, func(d []byte) error { got = append(got, string(d)); return nil })
		if !errors.Is(err, io.EOF) || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %q %v", name, got, err)
		}
	}
	long := "data: " + strings.Repeat("x", maxEvent) + "\n\n"
	if err := readEvents(strings.NewReader(long), func() {}, func([]byte) error { return nil }); err == nil || errors.Is(err, io.EOF) {
		t.Errorf("too long: %v", err)
	}
}

func FuzzReadEvents(f *testing.F) {
	f.Add("data: a\n\n")
	f.Add(":\n\ndata\ndata: b\r\n\n")
	f.Fuzz(func(t *testing.T, in string) {
		var got []string
		_ = readEvents(strings.NewReader(in), func() {}, func(d []byte) error { got = append(got, string(d)); return nil })
		var again strings.Builder
		for _, d := range got {
			again.WriteString("data: " + strings.ReplaceAll(d, "\n", "\ndata: ") + "\n\n")
		}
		var twice []string
		_ = readEvents(strings.NewReader(again.String()), func() {}, func(d []byte) error { twice = append(twice, string(d)); return nil })
		if !reflect.DeepEqual(got, twice) {
			t.Fatalf("%q: %q became %q", in, got, twice)
		}
	})
}

// TestEventsConnectsAgain: a stream that breaks is taken up again; a refusal is not.
func TestEventsConnectsAgain(t *testing.T) {
	n := 0
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if n++; n == 4 {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		if n == 2 {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		b, _ := json.Marshal(api.Event{Kind: api.EventHello})
		_, _ = io.WriteString(w, "data: "+string(b)+"\n\n")
	})
	heard := 0
	err := c.Events(t.Context(), 1, func(api.Event) { heard++ })
	if KindOf(err) != api.KindUnauthorized || heard != 2 {
		t.Errorf("%d events, %v", heard, err)
	}
}

func TestDelay(t *testing.T) {
	for try := 1; try < 100; try++ {
		lo, hi := delay(try, 0), delay(try, 1)
		if lo < firstWait/2 || hi > longestWait || lo > hi {
			t.Errorf("try %d: %v to %v", try, lo, hi)
		}
	}
}

// Listeners come back spread over seconds, and all within 30 seconds of the desk.
func TestListenDelay(t *testing.T) {
	for try, most := range map[int]time.Duration{1: 4 * time.Second, 2: 8 * time.Second, 3: 15 * time.Second, 4: 15 * time.Second, 1 << 40: 15 * time.Second} {
		if lo, half, hi := listenDelay(try, 0), listenDelay(try, 0.5), listenDelay(try, 1); lo != 0 || half != most/2 || hi != most {
			t.Errorf("try %d: %v, %v to %v, want up to %v", try, lo, half, hi, most)
		}
	}
}

func TestNextChunk(t *testing.T) {
	size := firstChunk
	for range 10 {
		size = nextChunk(size, time.Millisecond)
	}
	if size != maxChunk {
		t.Errorf("a fast line: %d", size)
	}
	if got := nextChunk(size, 2*time.Second); got != size {
		t.Errorf("at two seconds: %d", got)
	}
	for range 20 {
		size = nextChunk(size, time.Minute)
	}
	if size != minChunk {
		t.Errorf("a slow line: %d", size)
	}
}

// TestLocation: the desk names an upload; it cannot send the token elsewhere.
func TestLocation(t *testing.T) {
	for location, want := range map[string]string{
		api.UploadPath("abc"): "abc", "https://elsewhere.example.com" + api.UploadPath("abc"): "abc",
		"/below" + api.UploadPath("abc"): "abc", "": "", "/": "", api.PathUploads: "", api.PathUploads + "/..": "",
		api.PathUploads + "/a%2fb": "", "https://elsewhere.example.com/abc": "",
	} {
		if got, err := idOf(location); got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q %v", location, got, err)
		}
	}
}

func TestFileName(t *testing.T) {
	for in, want := range map[string]string{
		"/tmp/case.zip": "case.zip", "a\nb.zip": "a_b.zip", "a:b?.zip": "a_b_.zip", "a\xff.zip": "a_.zip",
	} {
		if got := fileName(in); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
	if got := fileName(strings.Repeat("ä", 300) + ".zip"); len(got) > api.MaxFileName || !strings.HasSuffix(got, "ä.zip") {
		t.Errorf("%q", got)
	}
}
