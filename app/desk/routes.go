package desk

import (
	"net/http"
	"slices"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/console"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/people/personal"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/web"
)

// table is every endpoint there is; docs/api.md and the policy test have a line for each.
func (s *Server) table() []gate.Route {
	return slices.Concat(
		s.own(),
		s.cases.Routes(),
		s.staff.Routes(),
		personal.New(personal.Config{Store: s.store, Now: s.cfg.seams.now, Kick: s.journal.Kick}).Routes(),
		s.team.routes(),
		s.hooks.Routes(),
		s.changes.Routes(),
		s.intake.Routes(),
		s.knowledge.Routes(),
		s.mail.Routes(),
		s.routing.Routes(),
	)
}

// own are the endpoints of files and sessions, and of the desk itself.
func (s *Server) own() []gate.Route {
	return []gate.Route{
		{Method: "GET", Path: api.PathHealth, Who: gate.Anyone, Handle: s.health, Doc: gate.Doc{Says: "Say which program answers", Out: api.Health{}}},
		{Method: "GET", Path: api.PathReady, Who: gate.Anyone, Handle: s.ready, Doc: gate.Doc{Says: "Say whether people should be sent here", Out: api.Ready{}}},
		{Method: "GET", Path: api.PathMetrics, Who: gate.StaffOnly, Roles: []api.Role{api.RoleAdministrator}, Scope: api.ScopeMetrics, Handle: s.metrics, Doc: gate.Doc{Says: "Read the desk's figures, as Prometheus does", Out: gate.Media("text/plain")}},
		{Method: "GET", Path: api.PathOpenAPI, Who: gate.Anyone, Handle: s.document, Doc: gate.Doc{Says: "Read this document", Out: gate.Media("application/json")}},
		{Method: "GET", Path: api.PathEvents, Who: gate.TicketParty, Scope: api.ScopeRead, Handle: s.events, Doc: gate.Doc{Says: "Listen to a ticket", Out: gate.Media("text/event-stream")}},
		{Method: "GET", Path: api.PathBundle, Who: gate.TicketParty, Scope: api.ScopeRead, Handle: s.bundle, Doc: gate.Doc{Says: "Fetch a bundle, or a range of it", Out: gate.Media("application/octet-stream")}},
		{Method: "GET", Path: api.PathFile, Who: gate.TicketParty, Scope: api.ScopeRead, Handle: s.file, Doc: gate.Doc{Says: "Fetch an entry's file, or a range of it", Out: gate.Media("application/octet-stream")}},
		{Method: "POST", Path: api.PathSessions, Who: gate.StaffOnly, Handle: s.askSession, Doc: gate.Doc{Says: "Ask the customer for a session", In: api.NewSession{}, Out: api.Session{}, OK: http.StatusCreated}},
		{Method: "POST", Path: api.PathReveals, Who: gate.OwnTicket, Handle: s.reveal, Doc: gate.Doc{Says: "Say that a pseudonym was shown to its owner", In: api.Reveal{}, Out: api.Reveal{}, OK: http.StatusCreated}},
		{Method: "POST", Path: api.PathMark, Who: gate.SessionParty, Handle: s.markSession, Doc: gate.Doc{Says: "Say how far a session is", In: api.SessionMark{}, Out: api.Session{}}},
		{Method: "GET", Path: api.PathICE, Who: gate.SessionParty, Handle: s.ice, Doc: gate.Doc{Says: "Read what a session connects through", Out: api.ICE{}}},
		{Method: "GET", Path: api.PathRoom, Who: gate.SessionParty, Handle: s.room, Doc: gate.Doc{Says: "Enter a session's room by WebSocket", OK: http.StatusSwitchingProtocols}},
		{Method: "GET", Path: api.PathRecord, Who: gate.SessionReader, Handle: s.record, Doc: gate.Doc{Says: "Read a session's record", Out: gate.Media(api.TypeRecord)}},
		{Method: "POST", Path: api.PathRecord, Who: gate.SessionParty, Handle: s.appendRecord, Doc: gate.Doc{Says: "Add lines to a session's record", In: gate.Media(api.TypeRecord), Out: api.Recorded{}}},
		{Method: "OPTIONS", Path: api.PathUploads, Who: gate.Anyone, Handle: s.uploadOptions, Doc: gate.Doc{Says: "Say what of tus is spoken", OK: http.StatusNoContent}},
		{Method: "POST", Path: api.PathUploads, Who: gate.AnyToken, Scope: api.ScopeUpload, Handle: s.createUpload, Doc: gate.Doc{Says: "Begin an upload (tus creation)", OK: http.StatusCreated}},
		{Method: "OPTIONS", Path: api.PathUpload, Who: gate.Anyone, Handle: s.uploadOptions, Doc: gate.Doc{Says: "Say what of tus is spoken", OK: http.StatusNoContent}},
		{Method: "HEAD", Path: api.PathUpload, Who: gate.UploadParty, Scope: api.ScopeUpload, Handle: s.headUpload, Doc: gate.Doc{Says: "Say how far an upload is"}},
		{Method: "PATCH", Path: api.PathUpload, Who: gate.UploadParty, Scope: api.ScopeUpload, Handle: s.patchUpload, Doc: gate.Doc{Says: "Go on with an upload", In: gate.Media(patchType), OK: http.StatusNoContent}},
		{Method: "DELETE", Path: api.PathUpload, Who: gate.UploadParty, Scope: api.ScopeUpload, Handle: s.deleteUpload, Doc: gate.Doc{Says: "Give an upload up", OK: http.StatusNoContent}},
	}
}

// handler makes the table a handler, with an answer of its own kind for every other path and method.
func (s *Server) handler() http.Handler {
	mux := http.NewServeMux()
	allowed := map[string][]string{}
	for _, r := range s.routes {
		mux.HandleFunc(r.Method+" "+r.Path, s.figures.Around(r.Method, r.Path, func(w http.ResponseWriter, req *http.Request) {
			var who gate.Caller
			mark := s.open.Mark()
			err := gate.Plain(req)
			if err == nil {
				aside(func() { who, err = s.authorize(req, r) })
			}
			if err == nil && who.Token != "" {
				who.Mark = mark
				var leave func()
				w, req, leave = s.open.Guard(mark, who, w, req)
				defer leave()
			}
			if err == nil {
				err = r.Handle(w, req, who)
			}
			if err != nil {
				s.refuse(w, req, err)
			}
		}))
		allowed[r.Path] = append(allowed[r.Path], r.Method)
		if r.Method == "GET" { // which ServeMux lets answer HEAD
			allowed[r.Path] = append(allowed[r.Path], "HEAD")
		}
	}
	for path, methods := range allowed {
		slices.Sort(methods)
		allow := strings.Join(methods, ", ")
		mux.HandleFunc(path, func(w http.ResponseWriter, req *http.Request) {
			w.Header().Set("Allow", allow)
			s.refuse(w, req, reply.Refuse(http.StatusMethodNotAllowed, api.KindInvalid, "%s is not one of %s", req.Method, allow))
		})
	}
	mux.Handle("GET "+web.Prefix, web.Handler())
	mux.HandleFunc("/", func(w http.ResponseWriter, req *http.Request) {
		s.refuse(w, req, reply.Refuse(http.StatusNotFound, api.KindNotFound, "there is nothing here; the interface begins at %s", api.Prefix))
	})
	all := s.headers(tus(mux))
	pages := console.Handler(console.Config{
		API: all, Secure: s.tls != nil || s.cfg.BehindProxy, Organisation: s.cfg.Organisation, Version: s.cfg.Version, Log: s.cfg.Log.Printf,
	})
	for _, prefix := range console.Prefixes {
		mux.Handle(prefix, pages)
	}
	return all
}

// headers are on every answer. Nothing here is a page, but what web serves with
// others of its own: browsers shall do nothing with it.
func (s *Server) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		if s.tls != nil || s.cfg.BehindProxy {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}
