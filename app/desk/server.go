package desk

import (
	"context"
	"crypto/ed25519"
	"crypto/tls"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/beistand/beistand/app/desk/acme"
	"github.com/beistand/beistand/app/desk/cases"
	"github.com/beistand/beistand/app/desk/changes"
	"github.com/beistand/beistand/app/desk/figures"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/hooks"
	"github.com/beistand/beistand/app/desk/intake"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/knowledge"
	"github.com/beistand/beistand/app/desk/mail"
	"github.com/beistand/beistand/app/desk/openapi"
	"github.com/beistand/beistand/app/desk/people"
	"github.com/beistand/beistand/app/desk/room"
	"github.com/beistand/beistand/app/desk/routing"
	"github.com/beistand/beistand/app/desk/store"
	keep "github.com/beistand/beistand/app/desk/store/people"
)

// A request's limits. Uploads, downloads and events move their own deadlines
// on with every piece, so that they may take long but never stand still.
const (
	headerTimeout = 10 * time.Second
	readTimeout   = 30 * time.Second // a whole ordinary request
	writeTimeout  = 60 * time.Second // from its header to the end of the answer
	idleTimeout   = 2 * time.Minute
	pieceTimeout  = 60 * time.Second // a piece of a long transfer
	stopTimeout   = 15 * time.Second // what is under way when the desk stops
	maxHeader     = 32 << 10         // bytes
)

// Server is one desk.
type Server struct {
	cfg       Config
	store     *store.Store
	cases     *cases.Cases
	knowledge *knowledge.Knowledge
	routing   *routing.Routing
	journal   *journal.Journal // what happened here and on other desks with the same database
	people    *keep.People
	staff     *people.People
	team      team
	open      gate.Open // what callers with tokens have open
	mail      *mail.Mail
	listener  net.Listener
	tls       *tls.Config // nil: in the clear
	cert      *certificate
	acme      *acme.Certificates // nil: there is none
	relay     *relay             // nil: none
	routes    []gate.Route
	openAPI   []byte // the document of the interface
	figures   *figures.Figures
	hooks     *hooks.Hooks
	changes   *changes.Changes
	intake    *intake.Intake
	locks     uploadLocks
	kept      store.Also // what is written with a file that came; nil: nothing
	listeners listeners
	rooms     room.Rooms
	waiting   waiting
	attending sync.WaitGroup // connections in rooms; each holds a place
	filing    gate.Limiter   // tickets, by address
	recording gate.Limiter   // appending to records, by session: each checks the whole
	askers    gate.Limiter   // sessions asked for, by member of staff
	askedFrom gate.Limiter   // by address
	asked     gate.Limiter   // in all
	guesses   guesses
	entering  gate.Limiter // a room, by session and side
	looking   gate.Limiter // for what is similar, by address
	thanks    gate.Limiter // for what has helped, by address
	thanked   gate.Limiter // by address and what it was
	key       ed25519.PrivateKey
	started   time.Time
	stopping  chan struct{} // closed when streams have to end
	closing   sync.Once
}

// New opens the store and the sockets; nothing is served before Serve. A
// Server that is never served must be closed.
func New(cfg Config) (_ *Server, err error) {
	if err := cfg.complete(); err != nil {
		return nil, err
	}
	s := &Server{cfg: cfg, stopping: make(chan struct{}), started: cfg.seams.now()}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close())
		}
	}()
	if cfg.TLSCert != "" {
		if s.cert, err = loadCertificate(cfg.TLSCert, cfg.TLSKey, cfg.Log); err != nil {
			return nil, err
		}
		s.tls = &tls.Config{GetCertificate: s.cert.get, MinVersion: tls.VersionTLS12, NextProtos: []string{protoHTTP2, protoHTTP1}}
	}
	kept := cfg.seams.store
	kept.Database, kept.Bucket, kept.Scans = cfg.Database, cfg.Bucket, len(cfg.Scan) > 0
	if s.store, err = store.Open(context.Background(), cfg.Dir, kept); err != nil {
		return nil, err
	}
	s.people = s.store.People()
	if err := shareSecret(context.Background(), s.store.DB(), cfg.Dir); err != nil {
		return nil, err
	}
	if s.key, err = deskKey(cfg.Dir); err != nil {
		return nil, err
	}
	if len(cfg.ACME.Names) > 0 {
		if s.acme, err = acme.New(cfg.ACME, s.store.DB(), cfg.Log); err != nil {
			return nil, fmt.Errorf("desk: %w", err)
		}
		s.tls = &tls.Config{GetCertificate: s.acme.Get, MinVersion: tls.VersionTLS12, NextProtos: []string{protoHTTP2, protoHTTP1, acme.Proto}}
	}
	if s.listener, err = net.Listen("tcp", cfg.Listen); err != nil {
		return nil, fmt.Errorf("desk: %w", err)
	}
	if cfg.RelayListen != "" {
		if s.relay, err = newRelay(cfg); err != nil {
			return nil, err
		}
	}
	if s.tls != nil {
		var toRelay func(net.Conn)
		if s.relay != nil {
			toRelay = s.relay.overTLS()
			s.tls.NextProtos = append(s.tls.NextProtos, protoTURN)
		}
		s.listener = newFront(s.listener, s.tls, cfg.seams.firstByte, toRelay)
	}
	s.filing = gate.Limiter{Burst: 20, Every: time.Minute}
	s.recording = gate.Limiter{Burst: 100, Every: time.Second}
	s.askers = gate.Limiter{Burst: 20, Every: 10 * time.Second}
	s.askedFrom = gate.Limiter{Burst: 60, Every: 2 * time.Second} // an office behind one address
	s.asked = gate.Limiter{Burst: 300, Every: 200 * time.Millisecond}
	s.guesses.limit = gate.Limiter{Burst: 100, Every: time.Second}
	s.entering = gate.Limiter{Burst: 30, Every: time.Second}
	s.looking = gate.Limiter{Burst: 60, Every: 300 * time.Millisecond}
	s.thanks = gate.Limiter{Burst: 10, Every: 5 * time.Minute}
	s.thanked = gate.Limiter{Burst: 1, Every: 24 * time.Hour}
	if s.rooms, err = s.openRooms(); err != nil {
		return nil, err
	}
	if s.journal, err = journal.New(context.Background(), journal.Config{DB: s.store.DB(), Log: cfg.Log}); err != nil {
		return nil, err
	}
	s.knowledge = s.newKnowledge()
	s.cases = s.newCases()
	s.routing = s.newRouting()
	s.kept = s.cases.Brought
	if s.staff, err = s.newStaff(); err != nil {
		return nil, err
	}
	s.hooks = hooks.New(hooks.Config{
		DB: s.store.DB(), Journal: s.journal, Now: cfg.seams.now, Log: cfg.Log, Version: cfg.Version, Allow: cfg.HookAllow,
	})
	s.changes = changes.New(changes.Config{Journal: s.journal, Heartbeat: cfg.seams.heartbeat, Stopping: s.stopping})
	s.intake = intake.New(intake.Config{DB: s.store.DB(), Cases: s.cases, Kick: s.journal.Kick, Now: cfg.seams.now})
	s.figures = s.newFigures()
	s.team = s.newTeam()
	if s.mail, err = s.newMail(); err != nil {
		return nil, err
	}
	s.routes = s.table()
	if s.openAPI, err = openapi.Document(s.routes, cfg.Version); err != nil {
		return nil, fmt.Errorf("desk: %w", err)
	}
	return s, nil
}

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
