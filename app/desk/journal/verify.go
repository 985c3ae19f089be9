package journal

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
)

// Head is the end of a chain. Who keeps one elsewhere can tell later whether
// the chain still goes through it.
type Head struct {
	Seq  int64
	Hash string // hex
}

// Fault says which entry is the first that does not hold.
type Fault struct {
	Seq  int64
	What string
}

func (f *Fault) Error() string { return fmt.Sprintf("the journal's entry %d %s", f.Seq, f.What) }

// Verify goes through the whole chain. A *Fault is the first entry that is
// missing or was altered. That nothing was cut off at the end, only a Head
// that was kept elsewhere tells.
func (j *Journal) Verify(ctx context.Context) (Head, error) {
	return j.walk(ctx, func(*row, []byte) error { return nil })
}

// Export writes the journal to w, a line of JSON an entry (docs/journal.md). It
// verifies at the same time, and stops with a *Fault behind the last line that holds.
func (j *Journal) Export(ctx context.Context, w io.Writer) (Head, error) {
	to := json.NewEncoder(w)
	to.SetEscapeHTML(false)
	return j.walk(ctx, func(r *row, before []byte) error {
		return to.Encode(exported(r, before))
	})
}

// walk calls fn with every entry that holds and the hash before it.
func (j *Journal) walk(ctx context.Context, fn func(*row, []byte) error) (Head, error) {
	seq, before := int64(0), first
	for {
		rows, err := readRows(ctx, j.db, seq)
		if err != nil {
			return Head{}, err
		}
		for i := range rows {
			r := &rows[i]
			if err := r.fault(seq+1, before); err != nil {
				return Head{}, err
			}
			if err := fn(r, before); err != nil {
				return Head{}, fmt.Errorf("write journal: %w", err)
			}
			seq, before = r.Seq, r.hash
		}
		if len(rows) < atOnce {
			return Head{Seq: seq, Hash: hex.EncodeToString(before)}, nil
		}
	}
}

// fault says what is wrong with the row that should be the want-th, if anything.
func (r *row) fault(want int64, before []byte) error {
	switch {
	case r.Seq != want:
		return &Fault{want, "is missing"}
	case !r.erased && !bytes.Equal(r.hidden(), r.private):
		return &Fault{want, "has another detail than was written"}
	case !bytes.Equal(r.link(before), r.hash):
		return &Fault{want, "is not the one that was written, or what is before it is not"}
	}
	return nil
}

// exportLine is an entry as Export writes it. Hashes and salt are hex; detail
// is the JSON as a text, since its hash is that of its bytes.
type exportLine struct {
	Seq      int64   `json:"seq"`
	At       int64   `json:"at"` // microseconds since 1970 in UTC
	Time     string  `json:"time"`
	Kind     string  `json:"kind"`
	Name     string  `json:"name"`
	Ticket   int64   `json:"ticket"`
	Action   string  `json:"action"`
	Subject  string  `json:"subject"`
	Salt     *string `json:"salt"` // null with what follows: erased
	Address  *string `json:"address"`
	Detail   *string `json:"detail"`
	Private  string  `json:"private"`
	Previous string  `json:"previous"`
	Hash     string  `json:"hash"`
}

func exported(r *row, before []byte) exportLine {
	l := exportLine{
		Seq: r.Seq, At: r.At.UnixMicro(), Time: r.At.Format("2006-01-02T15:04:05.000000Z"), Kind: r.Actor.Kind, Name: r.Actor.Name, Ticket: r.Ticket,
		Action: r.Action, Subject: r.Subject, Private: hex.EncodeToString(r.private),
		Previous: hex.EncodeToString(before), Hash: hex.EncodeToString(r.hash),
	}
	if !r.erased {
		salt, detail := hex.EncodeToString(r.salt), string(r.Detail)
		l.Salt, l.Address, l.Detail = &salt, &r.address, &detail
	}
	return l
}
