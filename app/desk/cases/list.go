package cases

import (
	"net/http"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
)

func (c *Cases) list(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	q, err := query(r.URL.RawQuery)
	if err != nil {
		return err
	}
	list, err := c.List(r.Context(), q)
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, api.TicketList{Tickets: list})
}
