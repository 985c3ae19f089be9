package form

import (
	"net/http"

	"github.com/beistand/beistand/app/desk/reply"
)

// Body is what a request brings, checked; a check may also put it into its form.
func Body[In any](w http.ResponseWriter, r *http.Request, check func(*In) error) (in In, err error) {
	if err = reply.Read(w, r, &in); err == nil {
		err = check(&in)
	}
	return in, err
}

// Of is Body, and the number of what it is about.
func Of[In any](w http.ResponseWriter, r *http.Request, check func(*In) error) (id int64, in In, err error) {
	if id, err = ID(r); err == nil {
		in, err = Body(w, r, check)
	}
	return id, in, err
}

// Versioned is what a deletion is about, and the version that was read.
func Versioned(r *http.Request) (id, version int64, err error) {
	if id, err = ID(r); err != nil {
		return 0, 0, err
	}
	v := QueryOf(r)
	return id, v.Version(), v.Err
}
