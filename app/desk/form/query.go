package form

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/reply"
)

// ID is the number that the path calls {id}. What is no number is not there.
func ID(r *http.Request) (int64, error) { return inPath(r, "id") }

// Ticket is the number that the path calls {n}.
func Ticket(r *http.Request) (int64, error) { return inPath(r, "n") }

func inPath(r *http.Request, name string) (int64, error) {
	n, err := strconv.ParseInt(r.PathValue(name), 10, 64)
	if err != nil || n <= 0 {
		return 0, reply.Refuse(http.StatusNotFound, api.KindNotFound, "it is not there")
	}
	return n, nil
}

// Query reads a request's query; the first thing that is wrong is kept in Err.
type Query struct {
	Err    error
	values url.Values
}

// QueryOf begins to read r's query.
func QueryOf(r *http.Request) *Query {
	v, err := url.ParseQuery(r.URL.RawQuery)
	q := &Query{values: v}
	if err != nil {
		q.Err = reply.BadRequest("the query is not well formed")
	}
	return q
}

// Number is a number that is 0 or more; 0 when it is not there.
func (q *Query) Number(name string) int64 {
	text := q.values.Get(name)
	if text == "" {
		return 0
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		q.refuse(name + " is a number")
	}
	return n
}

// Limit is how many are wanted: 1 to 200, else 50.
func (q *Query) Limit() int {
	n := q.Number("limit")
	if n == 0 {
		return 50
	}
	if n > 200 {
		q.refuse("limit is 1 to 200")
	}
	return int(n)
}

// Version is the version that was read; it is needed.
func (q *Query) Version() int64 {
	n := q.Number("version")
	if n == 0 {
		q.refuse("version is the one that was read")
	}
	return n
}

// Text is a text of at most most bytes.
func (q *Query) Text(name string, most int) string {
	text := q.values.Get(name)
	if len(text) > most || !utf8.ValidString(text) {
		q.refuse(name + " is at most " + strconv.Itoa(most) + " bytes")
		return ""
	}
	return text
}

// maxWords bounds what a list is looked through for.
const maxWords = 16

// Words is Text for what a list is looked through for, word by word.
func (q *Query) Words(name string, most int) string {
	text := q.Text(name, most)
	if len(strings.Fields(text)) > maxWords {
		q.refuse(name + " is at most " + strconv.Itoa(maxWords) + " words")
		return ""
	}
	return text
}

// Texts are at most 100 texts of at most most bytes each.
func (q *Query) Texts(name string, most int) []string {
	list := q.values[name]
	if len(list) > 100 {
		q.refuse(name + " may be there 100 times")
		return nil
	}
	for _, text := range list {
		if len(text) > most || !utf8.ValidString(text) {
			q.refuse(name + " is at most " + strconv.Itoa(most) + " bytes")
			return nil
		}
	}
	return list
}

// Flag says whether something is asked for: 1, or not there.
func (q *Query) Flag(name string) bool {
	text := q.values.Get(name)
	if text != "" && text != "1" {
		q.refuse(name + " is 1 or left out")
	}
	return text == "1"
}

func (q *Query) refuse(why string) {
	if q.Err == nil {
		q.Err = reply.BadRequest("%s", why)
	}
}
