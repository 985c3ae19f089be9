// Package office is the console's pages for administrators, and everybody's own profile.
package office

import (
	"embed"

	"github.com/beistand/beistand/app/desk/console/page"
	"github.com/beistand/beistand/app/desk/console/staff"
)

// HTML is the pages' templates.
//
//go:embed html
var HTML embed.FS

// Rows are the pages and forms.
func Rows() []page.Row {
	return []page.Row{
		staff.Post("/desk/confirm", confirm),
		staff.Get("/desk/me", me),
		staff.Post("/desk/me", saveMe),
		staff.Post("/desk/me/password", password),
		staff.Post("/desk/me/totp", totp),
		staff.Post("/desk/me/totp/confirm", totpConfirm),
		staff.Post("/desk/me/recovery", recovery),
		staff.Post("/desk/me/passkeys/begin", passkeyBegin),
		staff.Post("/desk/me/passkeys", passkey),
		staff.Post("/desk/me/passkeys/{id}/delete", dropPasskey),
		staff.Post("/desk/me/sessions", dropSessions),
		staff.Get("/desk/people", people),
		staff.Post("/desk/people", addPerson),
		staff.Get("/desk/people/{user}", person),
		staff.Post("/desk/people/{user}", savePerson),
		staff.Post("/desk/people/{user}/factors", dropFactors),
		staff.Post("/desk/people/{user}/sessions", signOutPerson),
		staff.Get("/desk/queues", queues),
		staff.Post("/desk/queues", saveQueue),
		staff.Get("/desk/keys", keys),
		staff.Post("/desk/keys", addKey),
		staff.Post("/desk/keys/{id}/delete", dropKey),
		staff.Get("/desk/hooks", hooks),
		staff.Post("/desk/hooks", addHook),
		staff.Get("/desk/hooks/{id}", hook),
		staff.Post("/desk/hooks/{id}", saveHook),
		staff.Get("/desk/journal", journal),
		staff.Get("/desk/journal/export", journalExport),
		staff.Get("/desk/erase", erasePage),
		staff.Post("/desk/erase", erase),
		staff.Post("/desk/erase/export", export),
	}
}
