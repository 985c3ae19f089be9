package people

import (
	"net/http"
	"slices"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
)

var admin = []api.Role{api.RoleAdministrator}

// Routes are the endpoints.
func (p *People) Routes() []gate.Route {
	return slices.Concat(p.entering(), p.own(), p.others(), p.keyRoutes(), p.linkRoutes())
}

// entering are for the ways in, and out.
func (p *People) entering() []gate.Route {
	return []gate.Route{
		{Method: "GET", Path: api.PathSignInWays, Who: gate.Anyone, Handle: p.ways, Doc: gate.Doc{Says: "Say how staff may sign in", Out: api.SignInWays{}}},
		{Method: "POST", Path: api.PathSignIn, Who: gate.Anyone, Handle: p.signIn, Doc: gate.Doc{Says: "Sign a member of staff in, or say what else is needed", In: api.SignIn{}, Out: api.SignedIn{}}},
		{Method: "POST", Path: api.PathSecondStep, Who: gate.Anyone, Handle: p.secondStep, Doc: gate.Doc{Says: "End a sign-in with the second factor", In: api.SecondStep{}, Out: api.SignedIn{}}},
		{Method: "POST", Path: api.PathPasskeyBegin, Who: gate.Anyone, Handle: p.passkeyBegin, Doc: gate.Doc{Says: "Ask for a passkey as the only factor", Out: api.PasskeyChallenge{}}},
		{Method: "POST", Path: api.PathPasskeySignIn, Who: gate.Anyone, Handle: p.passkeySignIn, Doc: gate.Doc{Says: "Sign in by a passkey alone", In: api.PasskeyAnswer{}, Out: api.SignedIn{}}},
		{Method: "POST", Path: api.PathOIDCStart, Who: gate.Anyone, Handle: p.oidcStart, Doc: gate.Doc{Says: "Begin a sign-in at the OpenID provider", In: api.OIDCStart{}, Out: api.OIDCStarted{}}},
		{Method: "POST", Path: api.PathOIDCFinish, Who: gate.Anyone, Handle: p.oidcFinish, Doc: gate.Doc{Says: "End a sign-in at the OpenID provider", In: api.OIDCFinish{}, Out: api.SignedIn{}}},
		{Method: "POST", Path: api.PathScreen, Who: gate.StaffOnly, Handle: p.screenPass, Doc: gate.Doc{Says: "Ask for a way to the page that looks at a ticket's screen: once, within a minute", Out: api.ScreenPass{}, OK: http.StatusCreated}},
		{Method: "POST", Path: api.PathScreenSignIn, Who: gate.Anyone, Handle: p.openScreen, Doc: gate.Doc{Says: "Sign in by a way to a ticket's screen", In: api.OpenScreen{}, Out: api.SignedIn{}}},
		{Method: "POST", Path: api.PathSignOut, Who: gate.StaffOnly, Handle: p.signOut, Doc: gate.Doc{Says: "Make the token worthless", OK: http.StatusNoContent}},
	}
}

// own are for what people do with their own account.
func (p *People) own() []gate.Route {
	return []gate.Route{
		{Method: "GET", Path: api.PathMe, Who: gate.StaffOnly, Handle: p.me, Doc: gate.Doc{Says: "Read who is signed in", Out: api.Me{}}},
		{Method: "PATCH", Path: api.PathMe, Who: gate.StaffOnly, Handle: p.changeMe, Doc: gate.Doc{Says: "Change what is shown of oneself", In: api.MeChange{}, Out: api.Me{}}},
		{Method: "POST", Path: api.PathMePassword, Who: gate.StaffOnly, Handle: p.newPassword, Doc: gate.Doc{Says: "Change the own password and sign out everywhere else", In: api.NewPassword{}, OK: http.StatusNoContent}},
		{Method: "POST", Path: api.PathMeConfirm, Who: gate.StaffOnly, Handle: p.confirm, Doc: gate.Doc{Says: "Prove again who one is", In: api.Confirm{}, OK: http.StatusNoContent}},
		{Method: "POST", Path: api.PathMeTOTP, Who: gate.StaffOnly, Fresh: true, Handle: p.enrolTOTP, Doc: gate.Doc{Says: "Show a secret for an authenticator", Out: api.TOTPEnrolment{}}},
		{Method: "POST", Path: api.PathMeTOTPConfirm, Who: gate.StaffOnly, Fresh: true, Handle: p.confirmTOTP, Doc: gate.Doc{Says: "Make the authenticator a factor", In: api.TOTPConfirm{}, Out: api.RecoveryCodeList{}}},
		{Method: "DELETE", Path: api.PathMeTOTP, Who: gate.StaffOnly, Fresh: true, Handle: p.dropTOTP, Doc: gate.Doc{Says: "Take the authenticator away", OK: http.StatusNoContent}},
		{Method: "POST", Path: api.PathMeRecovery, Who: gate.StaffOnly, Fresh: true, Handle: p.newRecovery, Doc: gate.Doc{Says: "Make recovery codes in place of the old ones", Out: api.RecoveryCodeList{}}},
		{Method: "POST", Path: api.PathMePasskeyBegin, Who: gate.StaffOnly, Fresh: true, Handle: p.passkeyRegister, Doc: gate.Doc{Says: "Ask for a new passkey", Out: api.PasskeyChallenge{}}},
		{Method: "POST", Path: api.PathMePasskeys, Who: gate.StaffOnly, Fresh: true, Handle: p.passkeyRegistered, Doc: gate.Doc{Says: "Keep a new passkey", In: api.PasskeyAnswer{}, Out: api.Passkey{}, OK: http.StatusCreated}},
		{Method: "DELETE", Path: api.PathMePasskey, Who: gate.StaffOnly, Fresh: true, Handle: p.dropPasskey, Doc: gate.Doc{Says: "Take a passkey away", OK: http.StatusNoContent}},
		{Method: "GET", Path: api.PathMeSessions, Who: gate.StaffOnly, Handle: p.sessions, Doc: gate.Doc{Says: "List where one is signed in", Out: api.SignInSessions{}}},
		{Method: "DELETE", Path: api.PathMeSessions, Who: gate.StaffOnly, Handle: p.dropSessions, Doc: gate.Doc{Says: "Sign out elsewhere", OK: http.StatusNoContent}},
		{Method: "DELETE", Path: api.PathMeSession, Who: gate.StaffOnly, Handle: p.dropSessions, Doc: gate.Doc{Says: "Sign out elsewhere", OK: http.StatusNoContent}},
	}
}

// others are for what is done with other people.
func (p *People) others() []gate.Route {
	return []gate.Route{
		{Method: "GET", Path: api.PathStaff, Who: gate.StaffOnly, Scope: api.ScopeAdmin, Handle: p.staff, Doc: gate.Doc{Says: "List the staff", Out: api.StaffList{}}},
		{Method: "POST", Path: api.PathStaff, Who: gate.StaffOnly, Roles: admin, Fresh: true, Handle: p.addStaff, Doc: gate.Doc{Says: "Make a member of staff", In: api.NewStaff{}, Out: api.StaffMember{}, OK: http.StatusCreated}},
		{Method: "GET", Path: api.PathStaffMember, Who: gate.StaffOnly, Scope: api.ScopeAdmin, Handle: p.member, Doc: gate.Doc{Says: "Read a member of staff", Out: api.StaffMember{}}},
		{Method: "PATCH", Path: api.PathStaffMember, Who: gate.StaffOnly, Roles: admin, Fresh: true, Handle: p.changeStaff, Doc: gate.Doc{Says: "Change a member of staff", In: api.StaffChange{}, Out: api.StaffMember{}}},
		{Method: "DELETE", Path: api.PathStaffFactors, Who: gate.StaffOnly, Roles: admin, Fresh: true, Handle: p.resetFactors, Doc: gate.Doc{Says: "Take second factors away from a member of staff", OK: http.StatusNoContent}},
		{Method: "DELETE", Path: api.PathStaffSessions, Who: gate.StaffOnly, Roles: admin, Fresh: true, Handle: p.signOutStaff, Doc: gate.Doc{Says: "Sign a member of staff out everywhere", OK: http.StatusNoContent}},
	}
}

// keyRoutes are for programs.
func (p *People) keyRoutes() []gate.Route {
	return []gate.Route{
		{Method: "GET", Path: api.PathKeys, Who: gate.StaffOnly, Roles: admin, Scope: api.ScopeAdmin, Handle: p.keys, Doc: gate.Doc{Says: "List the keys", Out: api.KeyList{}}},
		{Method: "POST", Path: api.PathKeys, Who: gate.StaffOnly, Roles: admin, Fresh: true, Handle: p.addKey, Doc: gate.Doc{Says: "Make a key", In: api.NewKey{}, Out: api.CreatedKey{}, OK: http.StatusCreated}},
		{Method: "DELETE", Path: api.PathKey, Who: gate.StaffOnly, Roles: admin, Fresh: true, Handle: p.dropKey, Doc: gate.Doc{Says: "Make a key worthless", OK: http.StatusNoContent}},
	}
}

// linkRoutes are for customers without an account.
func (p *People) linkRoutes() []gate.Route {
	return []gate.Route{
		{Method: "GET", Path: api.PathLinks, Who: gate.StaffOnly, Handle: p.listLinks, Doc: gate.Doc{Says: "List the links to a ticket", Out: api.LinkList{}}},
		{Method: "POST", Path: api.PathLinks, Who: gate.StaffOnly, Handle: p.addLink, Doc: gate.Doc{Says: "Make a link to a ticket", Out: api.CreatedLink{}, OK: http.StatusCreated}},
		{Method: "DELETE", Path: api.PathLink, Who: gate.StaffOnly, Handle: p.dropLink, Doc: gate.Doc{Says: "Make a link worthless", OK: http.StatusNoContent}},
		{Method: "POST", Path: api.PathLinkOpen, Who: gate.Anyone, Handle: p.openLink, Doc: gate.Doc{Says: "Exchange a link for a token of its ticket", In: api.OpenLink{}, Out: api.LinkOpened{}}},
	}
}
