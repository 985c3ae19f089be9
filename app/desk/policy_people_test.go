package desk

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/people/passkey/passkeytest"
	"github.com/beistand/beistand/app/desk/people/totp"
	"github.com/beistand/beistand/app/desk/store/db"
	keep "github.com/beistand/beistand/app/desk/store/people"
)

// peoplePolicy is who may sign in, look after themselves, and after others.
var peoplePolicy = []line{
	{endpoint: "GET " + api.PathSignInWays, may: everybody, ok: 200},
	{endpoint: "POST " + api.PathSignIn, may: everybody, ok: 200, asks: signInAsks},
	{endpoint: "POST " + api.PathSecondStep, may: everybody, ok: 401, asks: nothingAsks},
	{endpoint: "POST " + api.PathPasskeyBegin, may: everybody, ok: 200},
	{endpoint: "POST " + api.PathPasskeySignIn, may: everybody, ok: 401, asks: nothingAsks},
	{endpoint: "POST " + api.PathOIDCStart, may: everybody, ok: 404, asks: nothingAsks},
	{endpoint: "POST " + api.PathOIDCFinish, may: everybody, ok: 404, asks: nothingAsks},
	{endpoint: "POST " + api.PathScreen, may: anyStaff, ok: 201},
	{endpoint: "POST " + api.PathScreenSignIn, may: everybody, ok: 410, asks: nothingAsks},
	{endpoint: "POST " + api.PathSignOut, may: anyStaff, ok: 204},
	{endpoint: "GET " + api.PathMe, may: anyStaff, ok: 200},
	{endpoint: "PATCH " + api.PathMe, may: anyStaff, ok: 200, asks: nothingAsks},
	{endpoint: "POST " + api.PathMePassword, may: anyStaff, ok: 204, asks: newPasswordAsks},
	{endpoint: "POST " + api.PathMeConfirm, may: anyStaff, ok: 204, asks: confirmAsks},
	{endpoint: "POST " + api.PathMeTOTP, may: anyStaff, ok: 200},
	{endpoint: "POST " + api.PathMeTOTPConfirm, may: anyStaff, ok: 200, asks: totpAsks},
	{endpoint: "POST " + api.PathMeRecovery, may: anyStaff, ok: 200, asks: recoveryAsks},
	{endpoint: "DELETE " + api.PathMeTOTP, may: anyStaff, ok: 204},
	{endpoint: "POST " + api.PathMePasskeyBegin, may: anyStaff, ok: 200},
	{endpoint: "POST " + api.PathMePasskeys, may: anyStaff, ok: 201, asks: passkeyAsks},
	{endpoint: "DELETE " + api.PathMePasskey, may: anyStaff, ok: 404, asks: thingAsks}, // one's own alone
	{endpoint: "GET " + api.PathMeSessions, may: anyStaff, ok: 200},
	{endpoint: "DELETE " + api.PathMeSessions, may: anyStaff, ok: 204},
	{endpoint: "DELETE " + api.PathMeSession, may: anyStaff, ok: 404, asks: thingAsks}, // one's own alone
	{endpoint: "GET " + api.PathStaff, may: anyStaff | keyAdmin, ok: 200},
	{endpoint: "POST " + api.PathStaff, may: administrator, ok: 201, asks: addStaffAsks},
	{endpoint: "GET " + api.PathStaffMember, may: anyStaff | keyAdmin, ok: 200, asks: hiredAsks},
	{endpoint: "PATCH " + api.PathStaffMember, may: administrator, ok: 200, asks: changeStaffAsks},
	{endpoint: "DELETE " + api.PathStaffFactors, may: administrator, ok: 204, asks: hiredAsks},
	{endpoint: "DELETE " + api.PathStaffSessions, may: administrator, ok: 204, asks: hiredAsks},
	{endpoint: "GET " + api.PathKeys, may: administrator | keyAdmin, ok: 200},
	{endpoint: "POST " + api.PathKeys, may: administrator, ok: 201, asks: addKeyAsks},
	{endpoint: "DELETE " + api.PathKey, may: administrator, ok: 204, asks: dropKeyAsks},
	{endpoint: "GET " + api.PathLinks, may: anyStaff, ok: 200},
	{endpoint: "POST " + api.PathLinks, may: anyStaff, ok: 201},
	{endpoint: "DELETE " + api.PathLink, may: anyStaff, ok: 204, asks: dropLinkAsks},
	{endpoint: "POST " + api.PathPersonPreview, may: administrator, ok: 200, asks: personAsks},
	{endpoint: "POST " + api.PathPersonExport, may: administrator, ok: 200, asks: personAsks},
	{endpoint: "POST " + api.PathPersonDelete, may: administrator, ok: 409, asks: erasingAsks}, // of a state that is not so
	{endpoint: "POST " + api.PathLinkOpen, may: everybody, ok: 200, asks: openLinkAsks},
}

func signInAsks(*testing.T, *place) question {
	return question{json: api.SignIn{User: "robin", Password: password}}
}

func newPasswordAsks(*testing.T, *place) question {
	return question{json: api.NewPassword{Current: password, Password: password}}
}

func confirmAsks(*testing.T, *place) question { return question{json: api.Confirm{Password: password}} }

func thingAsks(*testing.T, *place) question {
	return question{paths: map[string]string{"{id}": "0123456789abcdef"}}
}

// totpAsks has a secret that was shown to the caller, and its code.
func totpAsks(t *testing.T, p *place) question {
	if p.staff == "" {
		return question{json: api.TOTPConfirm{Code: "000000"}}
	}
	secret := totp.NewSecret()
	code, err := totp.Code(secret, p.clock.now())
	if err != nil {
		t.Fatal(err)
	}
	p.write(t, func(tx *db.Tx) error { return keep.SetTOTP(t.Context(), tx, p.staff, keep.TOTP{Pending: secret}) })
	return question{json: api.TOTPConfirm{Code: code}}
}

// recoveryAsks has a second factor.
func recoveryAsks(t *testing.T, p *place) question {
	if p.staff != "" {
		p.write(t, func(tx *db.Tx) error {
			return keep.SetTOTP(t.Context(), tx, p.staff, keep.TOTP{Secret: totp.NewSecret()})
		})
	}
	return question{}
}

// passkeyAsks has a passkey that the caller was asked to make.
func passkeyAsks(t *testing.T, p *place) question {
	if p.staff == "" {
		return question{json: api.PasskeyAnswer{State: "x", Name: "x"}}
	}
	var asked api.PasskeyChallenge
	status, _, body := p.do("POST", api.PathMePasskeyBegin, p.token, nil)
	if err := json.Unmarshal(body, &asked); err != nil || status != 200 {
		t.Fatalf("%d %s %v", status, body, err)
	}
	base, err := p.base()
	if err != nil {
		t.Fatal(err)
	}
	device := passkeytest.Device{Origin: base.Scheme + "://" + base.Host}
	credential, err := device.Create(asked.Options)
	if err != nil {
		t.Fatal(err)
	}
	return question{json: api.PasskeyAnswer{State: asked.State, Name: "the desk's drawer", Credential: credential}}
}

// hired is somebody new.
func hired(t *testing.T, p *place) string {
	t.Helper()
	name := "new" + p.unique()
	if err := p.people.AddStaff(t.Context(), api.NewStaff{User: name, Name: "Somebody New", Roles: []api.Role{api.RoleStaff}}); err != nil {
		t.Fatal(err)
	}
	return name
}

func hiredAsks(t *testing.T, p *place) question {
	return question{paths: map[string]string{"{user}": hired(t, p)}}
}

func addStaffAsks(_ *testing.T, p *place) question {
	return question{json: api.NewStaff{User: "new" + p.unique(), Name: "Somebody", Roles: []api.Role{api.RoleEditor}, Password: password}}
}

func changeStaffAsks(t *testing.T, p *place) question {
	q := hiredAsks(t, p)
	q.json = api.StaffChange{Version: 1, Roles: &[]api.Role{api.RoleLevel2}}
	return q
}

func addKeyAsks(_ *testing.T, p *place) question {
	return question{json: api.NewKey{Name: "a monitor", Scopes: []api.Scope{api.ScopeIntake}, Expires: p.clock.now().Add(time.Hour)}}
}

func dropKeyAsks(t *testing.T, p *place) question {
	var made api.CreatedKey
	p.write(t, func(tx *db.Tx) (err error) {
		made, err = keep.AddKey(t.Context(), tx, api.NewKey{Name: "x", Scopes: api.Scopes, Expires: p.clock.now().Add(time.Hour)}, "robin", p.clock.now())
		return err
	})
	return question{paths: map[string]string{"{id}": made.Key.ID}}
}

// linked is a link to the own ticket.
func linked(t *testing.T, p *place) (link api.Link, secret string) {
	t.Helper()
	p.write(t, func(tx *db.Tx) (err error) {
		link, secret, err = keep.AddLink(t.Context(), tx, p.ticket, "sam", p.clock.now())
		return err
	})
	return link, secret
}

func dropLinkAsks(t *testing.T, p *place) question {
	link, _ := linked(t, p)
	return question{paths: map[string]string{"{id}": link.ID}}
}

func personAsks(_ *testing.T, p *place) question {
	return question{json: api.Person{Contact: p.own.Ticket.Contact}}
}

func erasingAsks(_ *testing.T, p *place) question {
	return question{json: api.DeletePerson{Person: api.Person{Contact: p.own.Ticket.Contact}, Seal: "another", Reason: "as was asked for"}}
}

func openLinkAsks(t *testing.T, p *place) question {
	_, secret := linked(t, p)
	return question{json: api.OpenLink{Secret: secret}}
}
