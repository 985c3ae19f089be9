package screen

// Open gives the driver for the system that the program runs on now. The error
// is ErrUnavailable with the reason in words around it.
func Open() (Source, error) { return open() }
