package bugs

import (
	"context"

	"github.com/beistand/beistand/app/api"
	kept "github.com/beistand/beistand/app/desk/store/bugs"
	"github.com/beistand/beistand/app/desk/store/db"
)

// Fill says on a ticket which bugs it is linked to.
func Fill(ctx context.Context, tx *db.Tx, t *api.Ticket) (err error) {
	t.Bugs, err = kept.Of(ctx, tx, t.Number)
	return err
}
