// Package office is the console's pages for administrators, and everybody's own profile.
package office

import (
	"embed"
	"net/http"

	"github.com/beistand/beistand/app/desk/console/page"
	"github.com/beistand/beistand/app/desk/console/staff"
)

// HTML is the pages' templates.
//
//go:embed html
var HTML embed.FS

// Rows are the pages and forms.
func Rows() []page.Row {
	get := func(path string, do func(*page.Request) error) page.Row {
		return page.Row{Method: http.MethodGet, Path: path, Who: page.Staff, Do: staff.Known(do)}
	}
	post := func(path string, do func(*page.Request) error) page.Row {
		return page.Row{Method: http.MethodPost, Path: path, Who: page.Staff, Do: staff.Known(do)}
	}
	return []page.Row{
		post("/desk/confirm", confirm),
		get("/desk/me", me),
		post("/desk/me", saveMe),
		post("/desk/me/password", password),
		post("/desk/me/totp", totp),
		post("/desk/me/totp/confirm", totpConfirm),
		post("/desk/me/recovery", recovery),
		post("/desk/me/passkeys/begin", passkeyBegin),
		post("/desk/me/passkeys", passkey),
		post("/desk/me/passkeys/{id}/delete", dropPasskey),
		post("/desk/me/sessions", dropSessions),
		get("/desk/people", people),
		post("/desk/people", addPerson),
		get("/desk/people/{user}", person),
		post("/desk/people/{user}", savePerson),
		post("/desk/people/{user}/factors", dropFactors),
		post("/desk/people/{user}/sessions", signOutPerson),
		get("/desk/queues", queues),
		post("/desk/queues", saveQueue),
		get("/desk/keys", keys),
		post("/desk/keys", addKey),
		post("/desk/keys/{id}/delete", dropKey),
		get("/desk/hooks", hooks),
		post("/desk/hooks", addHook),
		get("/desk/hooks/{id}", hook),
		post("/desk/hooks/{id}", saveHook),
		get("/desk/journal", journal),
		get("/desk/journal/export", journalExport),
		get("/desk/erase", erasePage),
		post("/desk/erase", erase),
		post("/desk/erase/export", export),
	}
}
