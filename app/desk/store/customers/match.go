package customers

import (
	"context"
	"errors"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// ByMail gives the organisation that a mail address belongs to, and the
// contact when it is theirs: how is api.ByMail or api.ByDomain. A domain
// counts for all below it, the longest first. An address of nobody is db.ErrNotFound.
func ByMail(ctx context.Context, d db.Querier, mail string) (organisation, person int64, how string, err error) {
	mail = strings.ToLower(strings.TrimSpace(mail))
	_, domain, ok := strings.Cut(mail, "@")
	if !ok || domain == "" {
		return 0, 0, "", db.ErrNotFound
	}
	err = db.Named(d.QueryRowContext(ctx, "SELECT organisation, id FROM contacts WHERE mail = ?", mail).Scan(&organisation, &person))
	if !errors.Is(err, db.ErrNotFound) {
		return organisation, person, api.ByMail, err
	}
	for domain != "" {
		err = db.Named(d.QueryRowContext(ctx, "SELECT organisation FROM organisation_domains WHERE domain = ?", domain).Scan(&organisation))
		if !errors.Is(err, db.ErrNotFound) {
			return organisation, 0, api.ByDomain, err
		}
		_, domain, _ = strings.Cut(domain, ".")
	}
	return 0, 0, "", db.ErrNotFound
}

// OnlyInstallation gives the installation of a product that an organisation
// has, when there is exactly one; otherwise db.ErrNotFound.
func OnlyInstallation(ctx context.Context, d db.Querier, organisation int64, product string) (int64, error) {
	ids, err := db.All(ctx, d, db.Value[int64], "SELECT id FROM installations WHERE organisation = ? AND folded = ? LIMIT 2", organisation, fold(product))
	if err != nil {
		return 0, err
	}
	if len(ids) != 1 {
		return 0, db.ErrNotFound
	}
	return ids[0], nil
}

// Facts are what of a ticket says whose it is.
type Facts struct {
	Contact, Product, ProductVersion   string
	Organisation, Person, Installation int64 // 0: none
	Version                            int64
}

// FactsOf reads them.
func FactsOf(ctx context.Context, d db.Querier, ticket int64) (Facts, error) {
	var f Facts
	err := d.QueryRowContext(ctx, `SELECT contact, product, product_version, coalesce(organisation, 0), coalesce(person, 0),
		coalesce(installation, 0), version FROM tickets WHERE number = ?`, ticket).
		Scan(&f.Contact, &f.Product, &f.ProductVersion, &f.Organisation, &f.Person, &f.Installation, &f.Version)
	return f, db.Named(err)
}

// Link links a ticket that is of nobody yet; one that is somebody's stays as it is. What is 0 is left.
func Link(ctx context.Context, tx *db.Tx, ticket, organisation, person, installation int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE tickets SET version = version + 1, organisation = coalesce(organisation, ?), person = coalesce(person, ?),
		installation = coalesce(installation, ?) WHERE number = ? AND (organisation IS NULL OR organisation = ?)`,
		null(organisation), null(person), null(installation), ticket, organisation)
	return err
}

// BundlesOf are the last bundles of a ticket, without a product's version.
func BundlesOf(ctx context.Context, d db.Querier, ticket int64) ([]api.Sighted, error) {
	return db.All(ctx, d, func(row db.Scanner) (api.Sighted, error) {
		s := api.Sighted{Ticket: ticket}
		var at int64
		err := row.Scan(&s.Bundle, &at)
		s.At = db.Moment(at)
		return s, err
	}, "SELECT id, created FROM bundles WHERE ticket = ? ORDER BY created DESC, id LIMIT ?", ticket, api.MaxSighted)
}
