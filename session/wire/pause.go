package wire

// Paused says that no picture follows until Resumed; an update that is under
// way is never finished. Active says
// that something happens on the sender's side.
type (
	Paused  struct{}
	Resumed struct{}
	Active  struct{}
)

func (*Paused) kind() kind  { return kindPaused }
func (*Resumed) kind() kind { return kindResumed }
func (*Active) kind() kind  { return kindActive }

func (*Paused) append(b []byte) ([]byte, error)  { return b, nil }
func (*Paused) parse(*reader)                    {}
func (*Resumed) append(b []byte) ([]byte, error) { return b, nil }
func (*Resumed) parse(*reader)                   {}
func (*Active) append(b []byte) ([]byte, error)  { return b, nil }
func (*Active) parse(*reader)                    {}
