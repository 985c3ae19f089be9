package desk

import (
	"strconv"
	"testing"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/desk/store/db"
)

// outsidePolicy is who may say what is told outside, and listen to everything.
var outsidePolicy = []line{
	{endpoint: "GET " + api.PathHooks, may: administrator, ok: 200},
	{endpoint: "POST " + api.PathHooks, may: administrator, ok: 201, asks: func(*testing.T, *place) question { return question{json: newHook()} }},
	{endpoint: "PUT " + api.PathHook, may: administrator, ok: 200, asks: hookAsks},
	{endpoint: "DELETE " + api.PathHook, may: administrator, ok: 204, asks: hookAsks},
	{endpoint: "GET " + api.PathDeliveries, may: administrator, ok: 200, asks: hookAsks},
	{endpoint: "POST " + api.PathHookTest, may: administrator, ok: 200, asks: hookAsks},
	{endpoint: "GET " + api.PathChanges, may: anyStaff | keyRead, ok: 200},
	{endpoint: "GET " + api.PathJournal, may: administrator | keyAdmin, ok: 200},
	{endpoint: "GET " + api.PathJournalExport, may: administrator | keyAdmin, ok: 200},
	{endpoint: "POST " + api.PathAlarms, may: anyStaff | keyIntake, ok: 200, asks: func(*testing.T, *place) question {
		return question{json: api.Alarms{Alarms: []api.Alarm{{Alarm: client.NewTicketID(), Title: "db1: disk full"}}}}
	}},
}

func newHook() api.Hook {
	return api.Hook{Name: "tracker", URL: "https://192.0.2.1.invalid/beistand", Actions: []string{"ticket.*"}, Enabled: true}
}

// hookAsks makes one webhook, the only one.
func hookAsks(t *testing.T, p *place) question {
	t.Helper()
	made := newHook()
	if err := p.store.DB().Tx(t.Context(), func(tx *db.Tx) error {
		if _, err := tx.ExecContext(t.Context(), "DELETE FROM hooks"); err != nil {
			return err
		}
		made.Version = 1
		return tx.QueryRowContext(t.Context(), `INSERT INTO hooks (version, name, url, actions, secret, enabled, made_by, created)
			VALUES (1, 'x', 'https://192.0.2.1.invalid', '*', ?, 1, 'robin', 0) RETURNING id`, []byte("secret")).Scan(&made.ID)
	}); err != nil {
		t.Fatal(err)
	}
	return question{paths: map[string]string{"{id}": strconv.FormatInt(made.ID, 10)}, query: "version=1", json: made}
}
