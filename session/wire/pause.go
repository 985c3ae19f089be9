package wire

// Why says why nothing is shown or obeyed, one or more.
type Why byte

// The reasons.
const (
	ByCustomer Why = 1 << iota // the customer has paused
	NoObserver                 // somebody who has to look on is not there
	Locked                     // the customer's screen is locked
)

// Paused says that no picture follows until Resumed, and that nothing is
// obeyed; an update that is under way is never finished. It comes again when
// the reason changes. Active says that something happens on the sender's side.
type (
	Paused  struct{ Why Why }
	Resumed struct{}
	Active  struct{}
)

func (*Paused) kind() kind  { return kindPaused }
func (*Resumed) kind() kind { return kindResumed }
func (*Active) kind() kind  { return kindActive }

func (m *Paused) append(b []byte) ([]byte, error) {
	return append(b, byte(m.Why)), check(m.Why.valid())
}

func (m *Paused) parse(r *reader) {
	m.Why = Why(r.byte())
	r.require(m.Why.valid())
}

func (w Why) valid() bool { return w != 0 && w <= ByCustomer|NoObserver|Locked }

func (*Resumed) append(b []byte) ([]byte, error) { return b, nil }
func (*Resumed) parse(*reader)                   {}
func (*Active) append(b []byte) ([]byte, error)  { return b, nil }
func (*Active) parse(*reader)                    {}
