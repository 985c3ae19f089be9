//go:build !headless

package app

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
)

// deskOfRecords takes records, and refuses the first pieces.
type deskOfRecords struct {
	mu     sync.Mutex // guards what follows
	refuse int
	text   bytes.Buffer
	told   chan struct{} // after each piece
}

func (d *deskOfRecords) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	d.mu.Lock()
	defer d.mu.Unlock()
	defer func() { d.told <- struct{}{} }()
	if d.refuse > 0 || err != nil || r.URL.Path != api.RecordPath("7f1c") {
		d.refuse--
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	d.text.Write(body)
	_, _ = io.WriteString(w, `{"entries":1}`)
}

// The customer's file has every line at once, and the desk all of them in the
// end, also when it was away in between.
func TestRecordIsKeptAndBrought(t *testing.T) {
	far := &deskOfRecords{refuse: 1, told: make(chan struct{}, 10)}
	server := httptest.NewServer(far)
	defer server.Close()
	c, err := client.New(server.URL, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.CloseIdle()
	log := logrus.New()
	log.SetOutput(io.Discard)
	folder := filepath.Join(t.TempDir(), "records")
	file, path, err := newRecord(folder, 17, time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	if name := filepath.Base(path); !strings.HasPrefix(name, "20260102-030405-ticket-17-") {
		t.Errorf("the file is called %s", name)
	}
	own := &ownRecord{file: file, desk: newDeskCopy(t.Context(), c, "7f1c", "", log)}
	want := ""
	for _, line := range []string{"one", "two", "three"} {
		if err := own.Keep([]byte(line)); err != nil {
			t.Fatal(err)
		}
		want += line + "\n"
		if got, err := os.ReadFile(path); err != nil || string(got) != want {
			t.Fatalf("the file has %q, %v", got, err)
		}
		<-far.told // the first is refused
	}
	if err := own.close(); err != nil {
		t.Fatal(err)
	}
	if got := far.text.String(); got != want {
		t.Errorf("the desk has %q, want %q", got, want)
	}
	if err := own.Keep([]byte("four")); err == nil {
		t.Error("a line is taken that cannot be kept")
	}
	if strings.Contains(far.text.String(), "four") {
		t.Error("the desk has a line that the customer has not")
	}
}
