package journal

import (
	"context"
	"fmt"

	"github.com/beistand/beistand/app/desk/store/db"
)

// EraseTicket erases the details, and addresses of mails, of everything that
// was done with a ticket. The chain holds without them. Who erases writes an
// entry of its own about it.
func EraseTicket(ctx context.Context, tx *db.Tx, ticket int64) error {
	return erase(ctx, tx, "ticket = ? AND ticket <> 0", ticket)
}

// EraseAddress erases what came by mail from this address.
func EraseAddress(ctx context.Context, tx *db.Tx, address string) error {
	return erase(ctx, tx, "kind = 'mail' AND address = ?", address)
}

// EraseSubject erases the details of everything that was done with a subject, such as "staff/sam".
func EraseSubject(ctx context.Context, tx *db.Tx, subject string) error {
	return erase(ctx, tx, "subject = ?", subject)
}

func erase(ctx context.Context, tx *db.Tx, which string, arg any) error {
	tables := []string{"journal"}
	if tx.Kind() == db.PostgreSQL {
		// Those first: what is not in the chain yet may be by the time of the second.
		tables = []string{"journal_pending", "journal"}
	}
	for _, t := range tables {
		if _, err := tx.ExecContext(ctx, "UPDATE "+t+" SET address = NULL, detail = NULL, salt = NULL WHERE "+which, arg); err != nil {
			return fmt.Errorf("erase from the journal: %w", err)
		}
	}
	return nil
}
