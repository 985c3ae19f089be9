package input

// Open gives the driver for the system that the program runs on now. The error
// is ErrUnavailable with the reason in words around it.
func Open() (Input, error) { return open() }
