package numbers

import (
	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
)

// Routes are the endpoints.
func (n *Numbers) Routes() []gate.Route {
	return []gate.Route{{Method: "GET", Path: api.PathNumbers, Who: gate.StaffOnly, Scope: api.ScopeRead, Handle: n.answer, Doc: gate.Doc{Says: "Say how the work goes, in whole weeks and never per person", Query: params, Out: api.Numbers{}}}}
}

var params = []gate.Param{
	{Name: "from", Says: "A day of the first week; else 11 weeks before the last"},
	{Name: "to", Says: "A day of the last week; else today"},
	{Name: "product", Says: "Of this product alone"},
	{Name: "module", Says: "Of this module of it alone"},
}
