package gate

import (
	"net/http"
	"strconv"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/reply"
)

// ID is the path's {id} where that is a number; anything else is not there (404).
func ID(r *http.Request) (int64, error) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil || id < 1 {
		return 0, reply.Refuse(http.StatusNotFound, api.KindNotFound, "it is not there")
	}
	return id, nil
}
