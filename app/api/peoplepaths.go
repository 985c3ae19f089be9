package api

import (
	"net/url"
	"strconv"
)

// The paths of people. {user} is a name to sign in with.
const (
	PathSignInWays    = Prefix + "/signin/ways"           // GET: anyone
	PathSecondStep    = Prefix + "/signin/second"         // POST: anyone with a pending sign-in
	PathPasskeyBegin  = Prefix + "/signin/passkey"        // POST: anyone
	PathPasskeySignIn = Prefix + "/signin/passkey/finish" // POST
	PathOIDCStart     = Prefix + "/signin/oidc"           // POST: anyone
	PathOIDCFinish    = Prefix + "/signin/oidc/finish"    // POST

	PathScreenSignIn = Prefix + "/signin/screen" // POST: anyone with a ScreenPass

	PathMe             = Prefix + "/me"               // GET, PATCH: staff
	PathMePassword     = Prefix + "/me/password"      // POST
	PathMeConfirm      = Prefix + "/me/confirm"       // POST
	PathMeTOTP         = Prefix + "/me/totp"          // POST: enrol, DELETE
	PathMeTOTPConfirm  = Prefix + "/me/totp/confirm"  // POST
	PathMeRecovery     = Prefix + "/me/recovery"      // POST: new codes
	PathMePasskeyBegin = Prefix + "/me/passkey"       // POST
	PathMePasskeys     = Prefix + "/me/passkeys"      // POST
	PathMePasskey      = Prefix + "/me/passkeys/{id}" // DELETE
	PathMeSessions     = Prefix + "/me/sessions"      // GET; DELETE: all but this one
	PathMeSession      = Prefix + "/me/sessions/{id}" // DELETE
	PathStaff          = Prefix + "/staff"            // GET: staff; POST: administrators
	PathStaffMember    = Prefix + "/staff/{user}"     // GET: staff; PATCH: administrators
	PathStaffFactors   = Prefix + "/staff/{user}/factors"
	PathStaffSessions  = Prefix + "/staff/{user}/sessions" // DELETE: administrators
	PathKeys           = Prefix + "/keys"                  // GET, POST: administrators
	PathKey            = Prefix + "/keys/{id}"             // DELETE: administrators
	PathLinks          = Prefix + "/tickets/{n}/links"     // GET, POST: staff
	PathLink           = Prefix + "/tickets/{n}/links/{id}"
	PathLinkOpen       = Prefix + "/links/open"         // POST: anyone
	PathScreen         = Prefix + "/tickets/{n}/screen" // POST: staff: ScreenPass
	PathPersonPreview  = Prefix + "/persons/preview"    // POST: administrators
	PathPersonExport   = Prefix + "/persons/export"     // POST: a zip
	PathPersonDelete   = Prefix + "/persons/delete"     // POST
	PageLink           = "/my/link/"                    // the console's page for a link; the secret follows
	PageOIDC           = "/desk/signin/oidc"            // the console's page that the provider sends people back to
)

// StaffPath is where one member of staff is.
func StaffPath(user string) string { return PathStaff + "/" + url.PathEscape(user) }

// StaffFactorsPath is where a member of staff's second factors are taken away.
func StaffFactorsPath(user string) string { return StaffPath(user) + "/factors" }

// StaffSessionsPath is where a member of staff is signed out everywhere.
func StaffSessionsPath(user string) string { return StaffPath(user) + "/sessions" }

// KeyPath is where one key is.
func KeyPath(id string) string { return PathKeys + "/" + url.PathEscape(id) }

// MePasskeyPath is where one's own passkey is.
func MePasskeyPath(id string) string { return PathMePasskeys + "/" + url.PathEscape(id) }

// MeSessionPath is where one's own sign-in is.
func MeSessionPath(id string) string { return PathMeSessions + "/" + url.PathEscape(id) }

// LinksPath is where links to a ticket are made.
func LinksPath(number int64) string {
	return PathTickets + "/" + strconv.FormatInt(number, 10) + "/links"
}

// ScreenPath is where a way to a ticket's screen is asked for.
func ScreenPath(number int64) string {
	return PathTickets + "/" + strconv.FormatInt(number, 10) + "/screen"
}

// LinkPath is where one link to a ticket is.
func LinkPath(number int64, id string) string { return LinksPath(number) + "/" + url.PathEscape(id) }
