package desk

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"

	"github.com/beistand/beistand/app/desk/journal"
)

// Addr is the address that is listened on, with the port that the system chose.
func (s *Server) Addr() string { return s.listener.Addr().String() }

// URL is the base that a client on this machine reaches the desk by.
func (s *Server) URL() string {
	scheme := "http"
	if s.tls != nil {
		scheme = "https"
	}
	a := s.listener.Addr().(*net.TCPAddr)
	if a.IP.IsUnspecified() {
		return fmt.Sprintf("%s://localhost:%d", scheme, a.Port)
	}
	return scheme + "://" + a.String()
}

// RelayAddr is where the relay listens, "" without one.
func (s *Server) RelayAddr() string {
	if s.relay == nil {
		return ""
	}
	return s.relay.packets[0].LocalAddr().String()
}

// Serve answers until ctx ends, then lets what is under way finish, closes
// everything and waits for every goroutine. nil is an end that was asked for.
// It can be called once.
func (s *Server) Serve(ctx context.Context) error {
	run, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	if err := s.store.Recover(run, s.cfg.seams.now(), s.kept); err != nil {
		return errors.Join(err, s.Close())
	}
	if s.relay != nil {
		open, err := s.store.OpenSessions(run, 0) // their credentials hold across a restart
		if err == nil {
			for _, n := range open {
				s.relay.open(n.ID, s.cfg.seams.now())
			}
			err = s.relay.serve()
		}
		if err != nil {
			return errors.Join(err, s.Close())
		}
	}
	h := &http.Server{
		Handler:           s.cfg.seams.around(s.handler()),
		TLSConfig:         s.tls,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
		BaseContext:       func(net.Listener) context.Context { return run },
		ConnState:         s.waiting.count,
		ErrorLog:          log.New(lines{s.cfg.Log}, "", 0),
	}
	var all sync.WaitGroup
	all.Go(func() { s.sweeping(run) })
	if s.acme != nil {
		all.Go(func() { s.acme.Run(run) })
	}
	s.upkeep(run, &all)
	all.Go(func() { s.staff.Run(run) })
	unwatch := s.journal.Watch(func(e journal.Entry) { s.tell(run, e) })
	all.Go(func() { s.journal.Run(run) })
	all.Go(func() { s.hooks.Run(run) })
	all.Go(func() { s.mail.Run(run) })
	all.Go(func() { _ = s.journal.Consume(run, "timeline", s.cases.Follow) }) // it has no error
	s.team.run(run, s.journal, &all)
	all.Go(func() { s.knowledge.Run(run, s.journal) })
	all.Go(func() { _ = s.journal.Consume(run, "routing", s.routing.Follow) }) // it has no error
	failed := make(chan error, 1)
	all.Go(func() { failed <- h.Serve(s.listener) })
	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
		err = fmt.Errorf("desk: %w", err)
	}
	close(s.stopping)
	s.rooms.Stop()
	s.locks.stop()
	patience, enough := context.WithTimeout(run, stopTimeout)
	defer enough()
	if serr := h.Shutdown(patience); serr != nil {
		err = errors.Join(err, fmt.Errorf("desk: stop: %w", serr), h.Close())
	}
	err = errors.Join(err, s.rooms.Close())
	s.attending.Wait()
	cancel()
	all.Wait()
	unwatch()
	return errors.Join(err, s.Close())
}

// Close gives back what New opened. Serve does it by itself.
func (s *Server) Close() error {
	var err error
	s.closing.Do(func() {
		if s.acme != nil {
			s.acme.Close()
		}
		if s.relay != nil {
			err = errors.Join(err, s.relay.close())
		}
		if s.listener != nil {
			if cerr := s.listener.Close(); !errors.Is(cerr, net.ErrClosed) {
				err = errors.Join(err, cerr)
			}
		}
		if s.rooms != nil {
			err = errors.Join(err, s.rooms.Close())
		}
		if s.store != nil {
			err = errors.Join(err, s.store.Close())
		}
	})
	return err
}

// lines passes on what net/http has to say.
type lines struct{ to logger }

func (l lines) Write(p []byte) (int, error) {
	l.to.Printf("http: %s", strings.TrimSpace(string(p)))
	return len(p), nil
}
