package collect

// absent is a sentence saying what this machine does not have.
type absent string

func (a absent) Error() string { return string(a) }

func (a absent) Unwrap() error { return ErrAbsent }
