package personal

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
	kept "github.com/beistand/beistand/app/desk/store/people"
	"github.com/beistand/beistand/app/desk/store/people/peopletest"
)

// planted stands in everything that the test knows of a person.
const planted = "Zwiebelfisch"

// colleague stands in everything that it knows of the staff.
const colleague = "Pfefferkuchen"

const address = "uj." + planted + "@example.com"

var now = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

type house struct {
	*Personal
	t     *testing.T
	staff kept.Staff
	at    time.Time // when the administrator has signed in
}

func open(t *testing.T, source string) *house {
	t.Helper()
	s, err := store.Open(t.Context(), t.TempDir(), store.Options{Database: source})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	for name, role := range map[string]api.Role{"robin": api.RoleAdministrator, "sam": api.RoleStaff} {
		n := api.NewStaff{User: name, Name: name + " " + colleague, Roles: []api.Role{role}, Email: name + colleague + "@example.com", Password: "correct horse"}
		if err := peopletest.Hire(t.Context(), s.DB(), n); err != nil {
			t.Fatal(err)
		}
	}
	return &house{
		Personal: New(Config{Store: s, Now: func() time.Time { return now }}), t: t, at: now,
		staff: kept.Staff{Name: "robin", Roles: []api.Role{api.RoleAdministrator}},
	}
}

// ask asks an endpoint as the administrator.
func (h *house) ask(path string, in, out any) (int, []byte) {
	h.t.Helper()
	b, err := json.Marshal(in)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, r := range h.Routes() {
		if r.Path != path {
			continue
		}
		w := &answer{ResponseRecorder: httptest.NewRecorder()}
		req := httptest.NewRequestWithContext(h.t.Context(), r.Method, path, bytes.NewReader(b))
		req.Header.Set("Content-Type", "application/json")
		status := http.StatusOK
		if r.Fresh && h.Now().Sub(h.at) > api.FreshFor { // which the gate refuses
			return http.StatusForbidden, nil
		}
		if err := r.Handle(w, req, gate.Caller{Token: "x", Staff: &h.staff, Confirmed: h.at}); err != nil {
			ref := reply.To(err)
			if status = ref.Status; status >= 500 {
				h.t.Fatal(err)
			}
			return status, ref.Body.Current
		}
		if out != nil {
			if err := json.Unmarshal(w.Body.Bytes(), out); err != nil {
				h.t.Fatal(err)
			}
		}
		return status, w.Body.Bytes()
	}
	h.t.Fatalf("%s: no such endpoint", path)
	return 0, nil
}

// answer can wait.
type answer struct{ *httptest.ResponseRecorder }

func (*answer) SetWriteDeadline(time.Time) error { return nil }

func (h *house) exec(query string, args ...any) {
	h.t.Helper()
	h.tx(func(tx *db.Tx) error {
		_, err := tx.ExecContext(h.t.Context(), query, args...)
		return err
	})
}

func (h *house) tx(fn func(*db.Tx) error) {
	h.t.Helper()
	if err := h.Store.DB().Tx(h.t.Context(), fn); err != nil {
		h.t.Fatal(err)
	}
}

// file makes a ticket with everything that says something of its customer.
func (h *house) file(id, contact, word string) int64 {
	h.t.Helper()
	ctx := h.t.Context()
	made, err := h.Store.CreateTicket(ctx, api.NewTicket{
		ID: id, Title: word, Description: word, Product: "Example", Priority: api.High, Name: word, Contact: contact, Language: "de",
		Answers: []api.Answer{{Question: "since", Text: word}}, Findings: []string{word}, Signs: []string{word},
	}, now, now.Add(time.Hour))
	if err != nil {
		h.t.Fatal(err)
	}
	n := made.Ticket.Number
	content := []byte("of " + word)
	sum := sha256.Sum256(content)
	u, err := h.Store.CreateUpload(ctx, store.Upload{
		Ticket: n, Kind: api.UploadBundle, Name: word + "/../case.zip", Size: int64(len(content)), SHA256: hex.EncodeToString(sum[:]), Expires: now.Add(time.Hour),
	}, now)
	if err == nil {
		if u, err = h.Store.Append(ctx, u, bytes.NewReader(content), nil, u.Expires); err == nil {
			err = h.Store.FinishUpload(ctx, u, now, nil)
		}
	}
	if err != nil {
		h.t.Fatal(err)
	}
	h.exec(`INSERT INTO entries (ticket, written, kind, public, author, name, body, sender, subject) VALUES (?, 1, 'mail', 1, ?, ?, ?, ?, ?)`,
		n, strings.ToLower(contact), word, word, contact, word)
	h.exec(`INSERT INTO entries (ticket, written, kind, public, author, name, body) VALUES (?, 1, 'note', 0, 'sam', ?, ?)`, n, "sam "+colleague, word)
	h.exec(`INSERT INTO mails (incoming, state, what, mark, ticket, address, name, subject, written) VALUES (1, 'done', 'mail', ?, ?, ?, ?, ?, 1)`,
		[]byte(id), n, strings.ToLower(contact), word, word)
	h.exec("UPDATE tickets SET solution = ?, feedback = ?, plan = ? WHERE number = ?", word, word, `[{"id": "1", "text": "`+word+`"}]`, n)
	h.tx(func(tx *db.Tx) error {
		detail, err := json.Marshal(map[string]string{"title": word})
		if err != nil {
			return err
		}
		for _, by := range []api.Actor{{Kind: api.ActorStaff, Name: "sam"}, {Kind: api.ActorMail, Name: strings.ToLower(contact)}} {
			if err := journal.Write(ctx, tx, journal.Entry{Actor: by, Ticket: n, Action: "ticket.changed", Subject: "ticket/1", Detail: detail}); err != nil {
				return err
			}
		}
		_, _, err = kept.AddLink(ctx, tx, n, "sam", now)
		return err
	})
	return n
}

// holding are the places in the database where a word is.
func (h *house) holding(word string) []string {
	h.t.Helper()
	var all []string
	for table, columns := range tables(h.t, h.Store.DB()) {
		for _, c := range columns {
			var n int
			if err := h.Store.DB().QueryRowContext(h.t.Context(),
				"SELECT count(*) FROM "+table+" WHERE lower("+c+") LIKE ?", "%"+strings.ToLower(word)+"%").Scan(&n); err != nil {
				h.t.Fatal(table, c, err)
			}
			if n > 0 {
				all = append(all, table+"."+c)
			}
		}
	}
	slices.Sort(all)
	return all
}

func TestCustomer(t *testing.T) {
	dbtest.EachSource(t, func(t *testing.T, source string) {
		h := open(t, source)
		theirs := []int64{h.file("one", address, planted), h.file("two", strings.ToUpper(address), planted)}
		other := h.file("three", "someone@example.com", "Nebelkrähe")
		who := api.Person{Contact: address}
		var data api.PersonData
		if status, _ := h.ask(api.PathPersonPreview, who, &data); status != 200 || !slices.Equal(data.Tickets, theirs) {
			t.Fatalf("%d %+v", status, data)
		}
		t.Run("export", func(t *testing.T) { exported(t, h, who) })

		in := api.DeletePerson{Person: who, Seal: data.Seal, Reason: "as was asked for on 3 March"}
		h.at = now.Add(-time.Hour)
		if status, _ := h.ask(api.PathPersonDelete, in, nil); status != 403 {
			t.Errorf("an old sign-in: %d", status)
		}
		h.at = now
		late := h.file("four", address, planted)
		if status, current := h.ask(api.PathPersonDelete, in, nil); status != 409 || !strings.Contains(string(current), "seal") {
			t.Errorf("what nobody was shown: %d %s", status, current)
		}
		if status, _ := h.ask(api.PathPersonPreview, who, &data); status != 200 {
			t.Fatal(status)
		}
		in.Seal = data.Seal
		before := len(h.holding("Nebelkrähe"))
		if status, _ := h.ask(api.PathPersonDelete, in, &data); status != 200 || data.Deleted == nil || data.Deleted.By != "robin" {
			t.Fatalf("%d %+v", status, data)
		}
		if places := h.holding(planted); len(places) > 0 {
			t.Errorf("%v still have it", places)
		}
		if n := len(h.holding("Nebelkrähe")); n != before || n == 0 {
			t.Errorf("somebody else's is in %d places, was in %d", n, before)
		}
		var rows, bundles int
		if err := h.Store.DB().QueryRowContext(t.Context(), "SELECT count(*), (SELECT count(*) FROM bundles) FROM tickets").Scan(&rows, &bundles); err != nil || rows != 4 || bundles != 1 {
			t.Errorf("%d tickets, %d bundles, %v", rows, bundles, err)
		}
		for _, n := range append(theirs, late) {
			ticket, err := h.Store.Ticket(t.Context(), n)
			if err != nil || len(ticket.Tombstones) != 1 || ticket.Tombstones[0].Why != in.Reason {
				t.Errorf("ticket %d: %+v %v", n, ticket.Tombstones, err)
			}
		}
		if ticket, err := h.Store.Ticket(t.Context(), other); err != nil || len(ticket.Bundles) != 1 {
			t.Errorf("%+v %v", ticket, err)
		}
		verified(t, h)
	})
}

// exported reads the zip: everything is in it, and no secret is.
func exported(t *testing.T, h *house, who api.Person) {
	status, b := h.ask(api.PathPersonExport, who, nil)
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil || status != 200 {
		t.Fatal(status, err)
	}
	all := map[string]string{}
	for _, f := range z.File {
		if strings.Contains(f.Name, "..") && strings.Contains(f.Name, "../") {
			t.Errorf("%q leads elsewhere", f.Name)
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all[strings.SplitN(f.Name, "/", 2)[0]] += string(text)
		if strings.HasSuffix(f.Name, ".json") && !json.Valid(text) {
			t.Errorf("%s is no JSON: %s", f.Name, text)
		}
	}
	for _, name := range []string{"tickets.json", "entries.json", "mails.json", "bundles.json", "bundles"} {
		if !strings.Contains(all[name], planted) {
			t.Errorf("%s has nothing of it: %q", name, all[name])
		}
	}
	if strings.Contains(strings.Join([]string{all["tickets.json"], all["entries.json"]}, ""), "Nebelkr") || strings.Contains(all["tokens.json"], "hash") {
		t.Error("somebody else's, or a secret, is in it")
	}
}

func TestStaff(t *testing.T) {
	dbtest.EachSource(t, func(t *testing.T, source string) {
		h := open(t, source)
		h.file("one", "x@example.com", "Nebelkrähe")
		token, err := h.Store.People().AddStaffToken(t.Context(), "sam", now, now.Add(time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		var data api.PersonData
		for _, user := range []string{"sam", "robin"} {
			if status, _ := h.ask(api.PathPersonPreview, api.Person{Staff: user}, &data); status != 200 {
				t.Fatal(status)
			}
			status, _ := h.ask(api.PathPersonDelete, api.DeletePerson{Person: api.Person{Staff: user}, Seal: data.Seal, Reason: "left"}, nil)
			if want := map[string]int{"sam": 200, "robin": 409}[user]; status != want { // the last administrator stays
				t.Errorf("%s: %d", user, status)
			}
		}
		if _, err := h.Store.People().Holder(t.Context(), token, now); err == nil {
			t.Error("sam's token holds")
		}
		if places := h.holding("sam " + colleague); len(places) > 0 {
			t.Errorf("%v", places)
		}
		if m, err := kept.Member(t.Context(), h.Store.DB(), "sam"); err != nil || !m.Disabled || m.Email != "" || m.Factors.Password {
			t.Errorf("%+v %v", m, err)
		}
		verified(t, h)
	})
}

// verified proves that the journal's chain holds after what went.
func verified(t *testing.T, h *house) {
	t.Helper()
	j, err := journal.New(t.Context(), journal.Config{DB: h.Store.DB()})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := j.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

// plain are the texts of tables that say nothing of a person, or are the desk's
// own: words of the desk, names to sign in with, digests. A new column is here,
// or it is among the parts.
var plain = map[string]string{
	"staff": "name password roles created", "tokens": "", "entries": "kind mentions party ref", "sessions": "id staff organisation first_part ended_by rights role",
	"tickets": "state product priority language kind product_version module impact urgency urgency_by effective queue level_at owner escalation_by closed_by cause helped",
	"uploads": "id sha256 kind author type", "mails": "state what side", "accesses": "state scope author ended_by",
	"articles": "", // the published ones are the desk's own
}

// others are tables that say nothing of a person, with the reason.
var others = map[string]string{
	"goose_db_version": "steps of the tables", "sqlite_sequence": "numbers", "journal": "erased by its own package", "journal_pending": "erased by its own package",
	"journal_cursors": "how far readers are", "mail_fetchers": "which desk fetches mails", "acme_cache": "certificates and their keys", "objects": "digests", "removals": "digests", "holds": "names of backups", "upload_parts": "of uploads",
	"tombstones": "what was erased and why", "api_keys": "of programs", "hooks": "of programs", "mail_keys": "the desk's own", "promises": "dates",
	"organisations": "of firms", "organisation_domains": "of firms", "installations": "of firms", "queues": "of the desk", "counted": "numbers", "numbers": "numbers",
	"bugs": "of products", "bug_tickets": "which tickets", "tellings": "texts for everybody", "told": "which tickets", "releases": "of products",
	"article_versions": "go with their article", "pages": "the handbook", "sections": "the handbook", "outcomes": "what helped",
	"search_terms": "words that follow the texts", "search_posts": "follow the texts", "search_docs": "follow the texts", "search_due": "follow the texts", "search_state": "numbers",
}

// TestEveryColumn fails for a column that nobody has thought of.
func TestEveryColumn(t *testing.T) {
	d := dbtest.Open(t, dbtest.File(t))
	known := map[string]string{} // what is set, or everything, by table
	for _, p := range slices.Concat(ofCustomer, ofStaff) {
		switch p.fate {
		case deleted:
			known[p.table] += " *"
		case erased:
			for _, one := range strings.Split(p.set, ",") {
				column, _, _ := strings.Cut(strings.TrimSpace(one), " ")
				known[p.table] += " " + column
			}
		case stays:
			known[p.table] += " *"
		}
	}
	for table, columns := range tables(t, d) {
		if others[table] != "" {
			continue
		}
		if known[table] == "" {
			t.Errorf("%s: is there something of a person in it?", table)
			continue
		}
		all := strings.Fields(known[table] + " " + plain[table])
		for _, c := range columns {
			if !slices.Contains(all, c) && !slices.Contains(all, "*") {
				t.Errorf("%s.%s: is there something of a person in it?", table, c)
			}
		}
	}
}

// tables are the texts of all tables.
func tables(t *testing.T, d *db.DB) map[string][]string {
	t.Helper()
	query := "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.type = 'TEXT'"
	if d.Kind() == db.PostgreSQL {
		query = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'text' AND collation_name IS NULL"
	}
	rows, err := d.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	all := map[string][]string{}
	for rows.Next() {
		var table, column string
		if err := rows.Scan(&table, &column); err != nil {
			t.Fatal(err)
		}
		all[table] = append(all[table], column)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}
