package customers

import (
	"context"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/reply"
	kept "github.com/beistand/beistand/app/desk/store/customers"
	"github.com/beistand/beistand/app/desk/store/db"
)

// Check refuses a ticket that refers to what is not there: an organisation, or
// a person or an installation of another one.
func Check(ctx context.Context, tx *db.Tx, t api.Ticket) error {
	if t.Organisation != 0 {
		if _, err := kept.Ways(ctx, tx, t.Organisation); err != nil {
			return missing(err, reply.Invalid("there is no organisation %d", t.Organisation))
		}
	}
	if t.Person != 0 {
		none := reply.Invalid("the organisation has no contact %d", t.Person)
		if p, err := kept.Contact(ctx, tx, t.Person); err != nil {
			return missing(err, none)
		} else if p.Organisation != t.Organisation {
			return none
		}
	}
	if t.Installation != 0 {
		none := reply.Invalid("the organisation has no installation %d", t.Installation)
		if i, err := kept.Installation(ctx, tx, t.Installation); err != nil {
			return missing(err, none)
		} else if i.Organisation != t.Organisation {
			return none
		}
	}
	return nil
}
