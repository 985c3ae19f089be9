package desk

import (
	"net/http"
	"slices"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/web"
)

// route is one endpoint: who may, and what is done for them.
type route struct {
	method, path string
	who          access
	handle       func(http.ResponseWriter, *http.Request, caller) error
}

// table is every endpoint there is; docs/api.md and the policy test have a line for each.
func (s *Server) table() []route {
	return []route{
		{"GET", api.PathHealth, anyone, s.health},
		{"POST", api.PathSignIn, anyone, s.signIn},
		{"POST", api.PathSignOut, staffOnly, s.signOut},
		{"POST", api.PathTickets, anyone, s.createTicket},
		{"GET", api.PathTickets, staffOnly, s.listTickets},
		{"GET", api.PathTicket, ticketParty, s.ticket},
		{"GET", api.PathEvents, ticketParty, s.events},
		{"GET", api.PathBundle, ticketParty, s.bundle},
		{"POST", api.PathSessions, staffOnly, s.askSession},
		{"POST", api.PathReveals, ownTicket, s.reveal},
		{"POST", api.PathMark, sessionParty, s.markSession},
		{"GET", api.PathICE, sessionParty, s.ice},
		{"GET", api.PathRoom, sessionParty, s.room},
		{"GET", api.PathRecord, sessionReader, s.record},
		{"POST", api.PathRecord, sessionParty, s.appendRecord},
		{"OPTIONS", api.PathUploads, anyone, s.uploadOptions},
		{"POST", api.PathUploads, anyToken, s.createUpload},
		{"OPTIONS", api.PathUpload, anyone, s.uploadOptions},
		{"HEAD", api.PathUpload, uploadParty, s.headUpload},
		{"PATCH", api.PathUpload, uploadParty, s.patchUpload},
		{"DELETE", api.PathUpload, uploadParty, s.deleteUpload},
	}
}

// handler makes the table a handler, with an answer of its own kind for every other path and method.
func (s *Server) handler() http.Handler {
	mux := http.NewServeMux()
	allowed := map[string][]string{}
	for _, r := range s.routes {
		mux.HandleFunc(r.method+" "+r.path, func(w http.ResponseWriter, req *http.Request) {
			var who caller
			var err error
			aside(func() { who, err = s.authorize(req, r.who) })
			if err == nil {
				err = r.handle(w, req, who)
			}
			if err != nil {
				s.refuse(w, req, err)
			}
		})
		allowed[r.path] = append(allowed[r.path], r.method)
		if r.method == "GET" { // which ServeMux lets answer HEAD
			allowed[r.path] = append(allowed[r.path], "HEAD")
		}
	}
	for path, methods := range allowed {
		slices.Sort(methods)
		allow := strings.Join(methods, ", ")
		mux.HandleFunc(path, func(w http.ResponseWriter, req *http.Request) {
			w.Header().Set("Allow", allow)
			s.refuse(w, req, refuse(http.StatusMethodNotAllowed, api.KindInvalid, "%s is not one of %s", req.Method, allow))
		})
	}
	mux.Handle("GET "+web.Prefix, web.Handler())
	mux.HandleFunc("/", func(w http.ResponseWriter, req *http.Request) {
		s.refuse(w, req, refuse(http.StatusNotFound, api.KindNotFound, "there is nothing here; the interface begins at %s", api.Prefix))
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

func (s *Server) health(w http.ResponseWriter, r *http.Request, _ caller) error {
	return answer(w, http.StatusOK, api.Health{
		Name: "beistand", Version: s.cfg.Version, API: api.Version, ICE: s.iceURLs(r.Host), DeskKey: s.publicKey(),
	})
}
