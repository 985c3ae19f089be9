package console_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/beistand/beistand/app/api"
)

// fetched is what the links to an entry's files give.
const fetched = "Promise.all([...document.querySelectorAll('.entry .files a')].map(async (a) => a.textContent + ': ' + await (await fetch(a.href)).text())).then((all) => all.join(', '))"

// attachments are files of a size.
func attachments(t *testing.T, all map[string]int) (names []string) {
	t.Helper()
	dir := t.TempDir()
	for name, size := range all {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(strings.Repeat("x", size)), 0o600); err != nil {
			t.Fatal(err)
		}
		names = append(names, path)
	}
	return names
}

// TestAttach: a supporter adds files to what they write, with the page's
// module and in a browser that runs none.
func TestAttach(t *testing.T) {
	for name, scripts := range map[string]bool{"with scripts": true, "without": false} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			b := h.browser("en")
			b.signIn(h, "sam", h.path(""))
			if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !scripts}); err != nil {
				t.Fatal(err)
			}
			b.do(chromedp.Navigate(h.url + h.path("")))
			b.says("Up to 20 files, each of up to 256 MB.")
			b.do(chromedp.Click("#compose [value=note]"))
			b.do(chromedp.SendKeys("#compose [name=text]", "The log of the spooler."), chromedp.SendKeys("#compose [name=minutes]", "5"))
			b.attach("#compose [name=file]", attachments(t, map[string]int{"a.log": 3, "b.log": 5})...)
			b.send("#compose button.main") // others hear of it before this page is there again
			b.says("a.log")
			b.says("The log of the spooler.")
			if got := eval[string](b, fetched); got != "a.log: xxx, b.log: xxxxx" && got != "b.log: xxxxx, a.log: xxx" {
				t.Errorf("the files came as %q", got)
			}
			line, err := h.staff.Timeline(t.Context(), 1, 0, 0, 0)
			if err != nil || len(line.Entries) != 1 || line.Entries[0].Public || line.Entries[0].Minutes != 5 || len(line.Entries[0].Files) != 2 {
				t.Errorf("%+v %v", line, err)
			}
			theirs, err := h.client(h.ticket.Token).Timeline(t.Context(), 1, 0, 0, 0)
			if err != nil || len(theirs.Entries) != 0 {
				t.Errorf("the customer sees the note: %+v %v", theirs, err)
			}
		})
	}
}

// TestTooMany: what is refused is said at the form, which stays as it was, its files too.
func TestTooMany(t *testing.T) {
	h := open(t)
	b := h.browser("en")
	b.signIn(h, "sam", h.path(""))
	many := map[string]int{}
	for i := range api.MaxEntryFiles + 1 {
		many[fmt.Sprintf("%d.txt", i)] = 1
	}
	b.fill("#compose [name=text]", "All of them.")
	b.attach("#compose [name=file]", attachments(t, many)...)
	b.do(chromedp.Click("#compose button.main"))
	b.says("At most 20 files fit.")
	kept := eval[string](b, "document.querySelector('#compose [name=text]').value + ' ' + document.querySelector('#compose [name=file]').files.length + ' ' + document.querySelector('#compose .problem').getAttribute('role')")
	if kept != fmt.Sprintf("All of them. %d alert", api.MaxEntryFiles+1) {
		t.Errorf("the form is now %q", kept)
	}
}

// TestFilesKept: the session has ended when a form with files is sent; what was
// typed is shown again, and can be sent.
func TestFilesKept(t *testing.T) {
	h := open(t)
	s := h.surfer()
	token := s.signIn("sam")
	if err := h.client(s.cookie("beistand").Value).SignOut(t.Context()); err != nil { // elsewhere
		t.Fatal(err)
	}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for _, field := range [][2]string{{"token", token}, {"form", "entry"}, {"what", "note"}, {"text", "Lange getippt"}} {
		if err := form.WriteField(field[0], field[1]); err != nil {
			t.Fatal(err)
		}
	}
	file, err := form.CreateFormFile("file", "a.log")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.Write(bytes.Repeat([]byte("x"), 1<<20)); err != nil {
		t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	r, page := s.send(h.path("/entries"), &body, form.FormDataContentType())
	if r.StatusCode != http.StatusUnauthorized || !strings.Contains(page, "Lange getippt") {
		t.Errorf("%d %s", r.StatusCode, page)
	}
}
