package desk

import (
	"net/http"
	"slices"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/web"
)

// table is every endpoint there is; docs/api.md and the policy test have a line for each.
func (s *Server) table() []gate.Route {
	return append(s.cases.Routes(), []gate.Route{
		{Method: "GET", Path: api.PathHealth, Who: gate.Anyone, Handle: s.health},
		{Method: "POST", Path: api.PathSignIn, Who: gate.Anyone, Handle: s.signIn},
		{Method: "POST", Path: api.PathSignOut, Who: gate.StaffOnly, Handle: s.signOut},
		{Method: "GET", Path: api.PathEvents, Who: gate.TicketParty, Handle: s.events},
		{Method: "GET", Path: api.PathBundle, Who: gate.TicketParty, Handle: s.bundle},
		{Method: "POST", Path: api.PathSessions, Who: gate.StaffOnly, Handle: s.askSession},
		{Method: "POST", Path: api.PathReveals, Who: gate.OwnTicket, Handle: s.reveal},
		{Method: "POST", Path: api.PathMark, Who: gate.SessionParty, Handle: s.markSession},
		{Method: "GET", Path: api.PathICE, Who: gate.SessionParty, Handle: s.ice},
		{Method: "GET", Path: api.PathRoom, Who: gate.SessionParty, Handle: s.room},
		{Method: "GET", Path: api.PathRecord, Who: gate.SessionReader, Handle: s.record},
		{Method: "POST", Path: api.PathRecord, Who: gate.SessionParty, Handle: s.appendRecord},
		{Method: "OPTIONS", Path: api.PathUploads, Who: gate.Anyone, Handle: s.uploadOptions},
		{Method: "POST", Path: api.PathUploads, Who: gate.AnyToken, Handle: s.createUpload},
		{Method: "OPTIONS", Path: api.PathUpload, Who: gate.Anyone, Handle: s.uploadOptions},
		{Method: "HEAD", Path: api.PathUpload, Who: gate.UploadParty, Handle: s.headUpload},
		{Method: "PATCH", Path: api.PathUpload, Who: gate.UploadParty, Handle: s.patchUpload},
		{Method: "DELETE", Path: api.PathUpload, Who: gate.UploadParty, Handle: s.deleteUpload},
	}...)
}

// handler makes the table a handler, with an answer of its own kind for every other path and method.
func (s *Server) handler() http.Handler {
	mux := http.NewServeMux()
	allowed := map[string][]string{}
	for _, r := range s.routes {
		mux.HandleFunc(r.Method+" "+r.Path, func(w http.ResponseWriter, req *http.Request) {
			var who gate.Caller
			var err error
			aside(func() { who, err = s.authorize(req, r) })
			if err == nil {
				err = r.Handle(w, req, who)
			}
			if err != nil {
				s.refuse(w, req, err)
			}
		})
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
	return s.headers(tus(mux))
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

func (s *Server) health(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	return reply.JSON(w, http.StatusOK, api.Health{
		Name: "beistand", Version: s.cfg.Version, API: api.Version, ICE: s.iceURLs(r.Host), DeskKey: s.publicKey(),
	})
}
