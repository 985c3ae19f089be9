package wire

// Recorded is an entry of the session's record, as its line; session/record
// says what is in it. Countersigned is the viewer's signature of one.
type (
	Recorded      struct{ Line []byte } // 1 to MaxRecord
	Countersigned struct{ Line []byte } // 1 to MaxRecord
)

func (*Recorded) kind() kind      { return kindRecorded }
func (*Countersigned) kind() kind { return kindCountersigned }

func (m *Recorded) append(b []byte) ([]byte, error)      { return appendLine(b, m.Line) }
func (m *Recorded) parse(r *reader)                      { m.Line = line(r) }
func (m *Countersigned) append(b []byte) ([]byte, error) { return appendLine(b, m.Line) }
func (m *Countersigned) parse(r *reader)                 { m.Line = line(r) }

func appendLine(b, line []byte) ([]byte, error) {
	return append(b, line...), check(len(line) > 0 && len(line) <= MaxRecord)
}

func line(r *reader) []byte {
	b := r.all()
	r.require(len(b) > 0 && len(b) <= MaxRecord)
	return b
}
