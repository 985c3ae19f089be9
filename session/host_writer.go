package session

import (
	"encoding/hex"
	"errors"
	"time"

	"github.com/beistand/beistand/session/record"
	"github.com/beistand/beistand/session/wire"
)

// writer is the host's hand in the session's record. Nothing that an entry
// tells goes on before the entry is kept.
type writer struct {
	log     *record.Log
	partner []byte         // the viewer's public key
	open    [][]byte       // lines that the viewer has not countersigned
	final   []record.Entry // what is to be written before the end
	late    int            // how many of them, the last ones, are told and not kept yet
	gauges  gauges         // of the pictures
}

// begin writes the first entry.
func (w *writer) begin(r *run, keep record.Keep) (err error) {
	w.log = record.NewLog(r.sign, keep)
	_, err = w.write(record.Inviting(r.conf.invitation.Invitation))
	return err
}

// write keeps an entry. One that cannot be written is one that cannot be kept.
func (w *writer) write(e record.Entry) ([]byte, error) {
	line, err := w.log.Write(e, time.Now())
	if err != nil && !errors.Is(err, record.ErrKeep) {
		err = errors.Join(record.ErrKeep, err)
	}
	if err == nil {
		w.open = append(w.open, line)
	}
	return line, err
}

// tell writes an entry and tells it over the data channel.
func (w *writer) tell(r *run, e record.Entry) error {
	line, err := w.write(e)
	if err != nil {
		return err
	}
	_, err = r.send(r.life, &wire.Recorded{Line: line})
	return err
}

// agreed writes whose key the viewer's is, and tells all until now.
func (w *writer) agreed(r *run) error {
	_, err := w.write(record.Entry{What: record.Agreed, By: record.Supporter, Key: hex.EncodeToString(w.partner)})
	if err != nil {
		return err
	}
	for _, line := range w.open {
		if err := r.say(r.life, &wire.Recorded{Line: line}); err != nil {
			return err
		}
	}
	return nil
}

// started writes that the first picture was shown.
func (w *writer) started(r *run) error {
	return w.tell(r, record.Entry{What: record.Started, By: record.Customer})
}

// countersigned takes the viewer's signature.
func (w *writer) countersigned(m *wire.Countersigned) error {
	if w.log.Chain().Has(m.Line) {
		return nil
	}
	if err := w.log.Countersigned(m.Line); err != nil {
		return err
	}
	w.open = w.open[len(w.open)-(w.log.Chain().Len()-w.log.Chain().Countersigned()):]
	return nil
}

// witnessed says whether the viewer has signed everything until now: no
// picture leaves before it has signed which rights it was given.
func (w *writer) witnessed() bool {
	return w.log.Chain().Countersigned() == w.log.Chain().Len()
}

// conclude makes the last entries and gives all that the viewer may not have:
// what was told before may be on another way still. They are told at once and
// kept afterwards: a slow disk must not hold the goodbye up.
func (w *writer) conclude(r *run) (told []wire.Message) {
	last := w.final
	if r.outcome.cause == evNo || r.outcome.cause == evSilence {
		last = append(last, record.Entry{What: record.Refused, By: record.Customer, Rights: r.conf.invitation.Rights.Strings()})
	}
	last = append(last, record.Entry{
		What: record.Ended, By: r.outcome.by, Reason: r.outcome.reason, Pictures: r.record.Frames, Bytes: r.record.Bytes,
		Measured: w.gauges.all(r.path),
	})
	for _, e := range last {
		if w.log == nil {
			break
		}
		line, err := w.log.Next(e, r.record.Ended)
		if err != nil {
			continue // it could not be kept before, or only the end fits, which is why it ends
		}
		w.open = append(w.open, line)
		w.late++
	}
	for _, line := range w.open {
		told = append(told, &wire.Recorded{Line: line})
	}
	return told
}

// keep stores what conclude told.
func (w *writer) keep() error {
	for _, line := range w.open[len(w.open)-w.late:] {
		if err := w.log.Keep(line); err != nil {
			return err
		}
	}
	return nil
}

// last takes the viewer's signatures that come after the end. What is wrong
// with one is no end any more: the record goes without.
func (w *writer) last(m wire.Message) error {
	signed, ok := m.(*wire.Countersigned)
	if !ok || w.log == nil {
		return nil
	}
	if err := w.countersigned(signed); errors.Is(err, record.ErrKeep) {
		return err
	}
	return nil
}

func (w *writer) whole() bool           { return w.log == nil || w.witnessed() }
func (*writer) signature() wire.Message { return nil }
