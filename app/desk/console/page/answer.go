package page

import (
	"bytes"
	"net/http"
	"time"
)

// maxAnswer bounds an answer of the interface that a page is made from, in bytes.
const maxAnswer = 32 << 20

// answer holds what the interface answers.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
	wrong  error
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) {
	if a.status == 0 && status >= 200 {
		a.status = status
	}
}

func (a *answer) Write(b []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	if a.body.Len()+len(b) > maxAnswer {
		a.wrong = errLong
		return 0, errLong
	}
	return a.body.Write(b)
}

// SetReadDeadline, SetWriteDeadline and FlushError are what a
// http.ResponseController asks for; memory waits for nobody.
func (a *answer) SetReadDeadline(time.Time) error  { return nil }
func (a *answer) SetWriteDeadline(time.Time) error { return nil }
func (a *answer) FlushError() error                { return nil }
