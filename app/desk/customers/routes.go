package customers

import (
	"net/http"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
)

// Routes are the endpoints.
func (x *Customers) Routes() []gate.Route {
	disposes := []api.Role{api.RoleDispatcher}
	return []gate.Route{
		{Method: "GET", Path: api.PathOrganisations, Who: gate.StaffOnly, Scope: api.ScopeRead, Handle: x.listOrganisations, Doc: gate.Doc{Says: "List organisations by name", Query: organisationParams, Out: api.OrganisationList{}}},
		{Method: "POST", Path: api.PathOrganisations, Who: gate.StaffOnly, Scope: api.ScopeCustomers, Handle: x.addOrganisation, Doc: gate.Doc{Says: "Add an organisation", In: api.Organisation{}, Out: api.Organisation{}, OK: http.StatusCreated}},
		{Method: "GET", Path: api.PathOrganisation, Who: gate.StaffOnly, Scope: api.ScopeRead, Handle: x.organisation, Doc: gate.Doc{Says: "Read an organisation with its contacts, installations and open accesses", Out: api.Organisation{}}},
		{Method: "PUT", Path: api.PathOrganisation, Who: gate.StaffOnly, Scope: api.ScopeCustomers, Handle: x.changeOrganisation, Doc: gate.Doc{Says: "Change an organisation", In: api.Organisation{}, Out: api.Organisation{}}},
		{Method: "DELETE", Path: api.PathOrganisation, Who: gate.StaffOnly, Roles: disposes, Handle: x.deleteOrganisation, Doc: gate.Doc{Says: "Delete an organisation that nothing is linked to", Query: versionParam, OK: http.StatusNoContent}},
		{Method: "GET", Path: api.PathWays, Who: gate.StaffOnly, Handle: x.ways, Doc: gate.Doc{Says: "Read how to get into a customer's systems; the look is in the journal", Out: api.Ways{}}},
		{Method: "PUT", Path: api.PathWays, Who: gate.StaffOnly, Handle: x.setWays, Doc: gate.Doc{Says: "Write down how to get into a customer's systems, without passwords", In: api.Ways{}, Out: api.Ways{}}},
		{Method: "POST", Path: api.PathContacts, Who: gate.StaffOnly, Scope: api.ScopeCustomers, Handle: x.addContact, Doc: gate.Doc{Says: "Add a contact to an organisation", In: api.Contact{}, Out: api.Contact{}, OK: http.StatusCreated}},
		{Method: "PUT", Path: api.PathContact, Who: gate.StaffOnly, Scope: api.ScopeCustomers, Handle: x.changeContact, Doc: gate.Doc{Says: "Change a contact", In: api.Contact{}, Out: api.Contact{}}},
		{Method: "DELETE", Path: api.PathContact, Who: gate.StaffOnly, Scope: api.ScopeCustomers, Handle: x.deleteContact, Doc: gate.Doc{Says: "Delete a contact", Query: versionParam, OK: http.StatusNoContent}},
		{Method: "POST", Path: api.PathInstallations, Who: gate.StaffOnly, Scope: api.ScopeCustomers, Handle: x.addInstallation, Doc: gate.Doc{Says: "Add an installation to an organisation", In: api.Installed{}, Out: api.Installed{}, OK: http.StatusCreated}},
		{Method: "PUT", Path: api.PathInstallation, Who: gate.StaffOnly, Scope: api.ScopeCustomers, Handle: x.changeInstallation, Doc: gate.Doc{Says: "Change an installation", In: api.Installed{}, Out: api.Installed{}}},
		{Method: "DELETE", Path: api.PathInstallation, Who: gate.StaffOnly, Scope: api.ScopeCustomers, Handle: x.deleteInstallation, Doc: gate.Doc{Says: "Delete an installation", Query: versionParam, OK: http.StatusNoContent}},
		{Method: "GET", Path: api.PathAccesses, Who: gate.StaffOnly, Handle: x.listAccesses, Doc: gate.Doc{Says: "List accesses to customers' systems, newest first", Query: accessParams, Out: api.AccessList{}}},
		{Method: "POST", Path: api.PathAccesses, Who: gate.StaffOnly, Handle: x.requestAccess, Doc: gate.Doc{Says: "Ask for access to a customer's system", In: api.NewAccess{}, Out: api.SystemAccess{}, OK: http.StatusCreated}},
		{Method: "GET", Path: api.PathAccess, Who: gate.StaffOnly, Handle: x.access, Doc: gate.Doc{Says: "Read an access with its uses", Out: api.SystemAccess{}}},
		{Method: "PATCH", Path: api.PathAccess, Who: gate.StaffOnly, Handle: x.changeAccess, Doc: gate.Doc{Says: "Say that an access was granted, refused or ended", In: api.AccessChange{}, Out: api.SystemAccess{}}},
		{Method: "POST", Path: api.PathAccessUses, Who: gate.StaffOnly, Handle: x.useAccess, Doc: gate.Doc{Says: "Note that an access is used", In: api.NewUse{}, Out: api.SystemAccess{}, OK: http.StatusCreated}},
		{Method: "GET", Path: api.PathCustomer, Who: gate.StaffOnly, Scope: api.ScopeRead, Handle: x.whose, Doc: gate.Doc{Says: "Say whose a ticket may be", Out: api.CustomerMatch{}}},
	}
}

var (
	versionParam       = []gate.Param{{Name: "version", Says: "The version that was read"}}
	organisationParams = []gate.Param{
		{Name: "text", Says: "Words that the name, a domain, or a contact's name or address has"},
		{Name: "after", Says: "Names behind this one"},
		{Name: "limit", Says: "1 to 200, else 50"},
	}
	accessParams = []gate.Param{
		{Name: "organisation", Says: "Whose systems"},
		{Name: "ticket", Says: "For which ticket"},
		{Name: "open", Says: "1: those that are asked for or granted"},
		{Name: "before", Says: "IDs below this one"},
		{Name: "limit", Says: "1 to 200, else 50"},
	}
)
