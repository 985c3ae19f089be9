package desk

import (
	"context"
	"crypto/ed25519"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
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
	limits
	key      ed25519.PrivateKey
	started  time.Time
	stopping chan struct{} // closed when streams have to end
	closing  sync.Once
}

// New opens the store and the sockets; nothing is served before Serve. A
// Server that is never served must be closed.
func New(cfg Config) (_ *Server, err error) {
	if err := cfg.complete(); err != nil {
		return nil, err
	}
	s := &Server{cfg: cfg, stopping: make(chan struct{}), started: cfg.seams.now()}
	s.limits.set()
	if change := cfg.seams.limits; change != nil {
		change(&s.limits)
	}
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
	s.changes = changes.New(changes.Config{Journal: s.journal, Heartbeat: cfg.seams.heartbeat, Stopping: s.stopping, Log: cfg.Log})
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
