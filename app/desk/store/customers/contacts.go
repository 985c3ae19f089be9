package customers

import (
	"context"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

const contactColumns = "id, version, organisation, name, mail, phone, language, company, roles"

func scanContact(row db.Scanner) (api.Contact, error) {
	var p api.Contact
	var roles string
	err := row.Scan(&p.ID, &p.Version, &p.Organisation, &p.Name, &p.Mail, &p.Phone, &p.Language, &p.Company, &roles)
	for _, r := range strings.Fields(roles) {
		p.Roles = append(p.Roles, api.ContactRole(r))
	}
	return p, db.Named(err)
}

func rolesText(roles []api.ContactRole) string {
	list := make([]string, len(roles))
	for i, r := range roles {
		list[i] = string(r)
	}
	return strings.Join(list, " ")
}

func contacts(ctx context.Context, d db.Querier, organisation int64) ([]api.Contact, error) {
	return db.All(ctx, d, scanContact, "SELECT "+contactColumns+" FROM contacts WHERE organisation = ? ORDER BY folded, id LIMIT ?",
		organisation, api.MaxContacts)
}

// Contact reads one contact.
func Contact(ctx context.Context, d db.Querier, id int64) (api.Contact, error) {
	return scanContact(d.QueryRowContext(ctx, "SELECT "+contactColumns+" FROM contacts WHERE id = ?", id))
}

// AddContact adds p to its organisation and gives its ID. A mail address that
// another contact has is db.ErrExists, one too many ErrInUse.
func AddContact(ctx context.Context, tx *db.Tx, p api.Contact) (int64, error) {
	if err := room(ctx, tx, "contacts", p.Organisation, api.MaxContacts); err != nil {
		return 0, err
	}
	var id int64
	err := tx.QueryRowContext(ctx, `INSERT INTO contacts (version, organisation, name, folded, mail, phone, language, company, roles)
		VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		p.Organisation, p.Name, fold(p.Name), p.Mail, p.Phone, p.Language, p.Company, rolesText(p.Roles)).Scan(&id)
	return id, db.Own(err)
}

// room says whether an organisation is there and takes one more.
func room(ctx context.Context, tx *db.Tx, table string, organisation int64, most int) error {
	var there, n int
	err := tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM organisations WHERE id = ?),
		(SELECT count(*) FROM `+table+` WHERE organisation = ?)`, organisation, organisation).Scan(&there, &n)
	switch {
	case err != nil:
		return err
	case there == 0:
		return db.ErrNotFound
	case n >= most:
		return ErrInUse
	}
	return nil
}

// ChangeContact writes p over the one with its ID and version; it stays with its organisation.
func ChangeContact(ctx context.Context, tx *db.Tx, p api.Contact) error {
	r, err := tx.ExecContext(ctx, `UPDATE contacts SET version = version + 1, name = ?, folded = ?, mail = ?, phone = ?, language = ?,
		company = ?, roles = ? WHERE id = ? AND version = ?`,
		p.Name, fold(p.Name), p.Mail, p.Phone, p.Language, p.Company, rolesText(p.Roles), p.ID, p.Version)
	return db.Changed(ctx, tx, "contacts", p.ID, r, err)
}

// DeleteContact deletes a contact and takes the links of tickets to it.
func DeleteContact(ctx context.Context, tx *db.Tx, id, version int64) error {
	r, err := tx.ExecContext(ctx, "DELETE FROM contacts WHERE id = ? AND version = ?", id, version)
	if err := db.Changed(ctx, tx, "contacts", id, r, err); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "UPDATE tickets SET person = NULL WHERE person = ?", id)
	return err
}
