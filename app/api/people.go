package api

import (
	"encoding/json"
	"time"
)

// Limits of people, that both sides know.
const (
	MaxKeys         = 50                   // that hold at once on a desk
	MaxKeyLife      = 400 * 24 * time.Hour // the longest a key holds
	MaxPasskeys     = 10                   // of one member of staff
	RecoveryCodes   = 10                   // made at once
	FreshFor        = 15 * time.Minute     // after signing in or POST /me/confirm, factors and people may be changed
	PendingFor      = 5 * time.Minute      // between the first step of a sign-in and the second
	LinkFor         = 14 * 24 * time.Hour  // a link to a ticket opens it
	MaxLinkUses     = 5                    // that often
	KeyPrefix       = "bst_"               // an API key begins so
	MinPasswordSize = 8                    // characters
	MaxPasswordSize = 256
)

// KindFresh is the kind of refusal (403) when the sign-in is older than FreshFor: POST /me/confirm, then ask again.
const KindFresh ErrorKind = "fresh"

// Second factors, as SignedIn.Needs names them.
const (
	FactorTOTP     = "totp"
	FactorRecovery = "recovery"
	FactorPasskey  = "passkey"
)

// SignInWays says how staff may sign in at this desk.
type SignInWays struct {
	Password bool   `json:"password"`
	Passkey  bool   `json:"passkey"`        // as the only factor
	OIDC     string `json:"oidc,omitempty"` // the provider's name, for a button; "" is none
}

// SecondStep ends a sign-in that SignedIn.Needs more for. One of Code, Recovery and Passkey is set.
type SecondStep struct {
	Pending  string          `json:"pending"`
	Code     string          `json:"code,omitempty"`     // six digits (RFC 6238)
	Recovery string          `json:"recovery,omitempty"` // one of the recovery codes; it is used up
	Passkey  json.RawMessage `json:"passkey,omitempty"`  // what navigator.credentials.get gave, as PublicKeyCredential.toJSON says it
}

// PasskeyChallenge is what a browser's navigator.credentials is called with.
type PasskeyChallenge struct {
	State   string          `json:"state"`   // sent back with the answer; holds PendingFor
	Options json.RawMessage `json:"options"` // for create or get: {"publicKey": {…}}, binary values in base64url
}

// PasskeyAnswer is what the authenticator said.
type PasskeyAnswer struct {
	State      string          `json:"state"`
	Name       string          `json:"name,omitempty"` // when one is registered: what its owner calls it
	Credential json.RawMessage `json:"credential"`     // as PublicKeyCredential.toJSON says it
}

// OIDCStart begins a sign-in at the OpenID provider. Redirect is "" for the
// desk's own page, or http://127.0.0.1:PORT/… for a program (RFC 8252, section 7.3).
type OIDCStart struct {
	Redirect string `json:"redirect,omitempty"`
}

// OIDCStarted says where the person goes. Flow is a secret of the one who
// began (a cookie, or memory): without it nothing that comes back counts.
type OIDCStarted struct {
	URL  string `json:"url"`
	Flow string `json:"flow"`
}

// OIDCFinish is what the provider sent back to the redirect address.
type OIDCFinish struct {
	Flow  string `json:"flow"`
	State string `json:"state"`
	Code  string `json:"code"`
}

// Me is the member of staff who asks.
type Me struct {
	User         string  `json:"user"`
	Name         string  `json:"name"`
	Organisation string  `json:"organisation"`
	Email        string  `json:"email,omitempty"`
	Roles        []Role  `json:"roles"`
	Language     string  `json:"language,omitempty"`
	Fresh        bool    `json:"fresh"` // signed in or confirmed within FreshFor
	Factors      Factors `json:"factors"`
}

// MeChange changes what a member of staff may change of themselves. What is nil stays.
type MeChange struct {
	Name     *string `json:"name,omitempty"` // what customers are shown
	Language *string `json:"language,omitempty"`
	Email    *string `json:"email,omitempty"`
}

// NewPassword changes one's own password and signs out everywhere else.
type NewPassword struct {
	Current  string `json:"current"`
	Password string `json:"password"`
}

// Confirm makes a sign-in fresh again. One of the three is set.
type Confirm struct {
	Password string `json:"password,omitempty"`
	Code     string `json:"code,omitempty"` // six digits
	Recovery string `json:"recovery,omitempty"`
}

// Factors are the ways in which a member of staff proves who they are.
type Factors struct {
	Password bool      `json:"password"`
	TOTP     bool      `json:"totp"`
	Recovery int       `json:"recovery"` // codes left
	Passkeys []Passkey `json:"passkeys,omitempty"`
	OIDC     bool      `json:"oidc"`
}

// Passkey is one of a member of staff's.
type Passkey struct {
	ID      string     `json:"id"`
	Name    string     `json:"name"`
	Created time.Time  `json:"created"`
	Used    *time.Time `json:"used,omitempty"`
}

// TOTPEnrolment is shown once. It counts after TOTPConfirm.
type TOTPEnrolment struct {
	Secret string `json:"secret"`  // base32, for typing
	URI    string `json:"uri"`     // otpauth://totp/…
	QRSize int    `json:"qr_size"` // modules on a side, with the quiet zone
	QRPath string `json:"qr_path"` // the dark modules as an SVG path in a QRSize by QRSize view box
	QRPNG  []byte `json:"qr_png"`  // the same as a picture; base64 in JSON
}

// TOTPConfirm shows that the authenticator has the secret.
type TOTPConfirm struct {
	Code string `json:"code"`
}

// RecoveryCodeList is shown once; each code counts once in place of the second factor.
type RecoveryCodeList struct {
	Codes []string `json:"codes"` // k3pd-9xmw-4rtz-hq7a
}

// SignInSession is one place where somebody is signed in.
type SignInSession struct {
	ID      string    `json:"id"`
	How     string    `json:"how"`   // password, totp, recovery, passkey, oidc
	From    string    `json:"from"`  // network address
	Agent   string    `json:"agent"` // program or browser, as it names itself
	Created time.Time `json:"created"`
	Used    time.Time `json:"used"` // to within five minutes
	Expires time.Time `json:"expires"`
	Current bool      `json:"current,omitempty"` // the one that asks
}

// SignInSessions answers GET /me/sessions, the newest first.
type SignInSessions struct {
	Sessions []SignInSession `json:"sessions"`
}

// StaffMember is one of the desk's staff. What only administrators are shown is empty for others.
type StaffMember struct {
	User     string `json:"user"`
	Version  int64  `json:"version"`
	Name     string `json:"name"` // what customers are shown
	Roles    []Role `json:"roles"`
	Disabled bool   `json:"disabled,omitempty"`
	Language string `json:"language,omitempty"`

	Email   string     `json:"email,omitempty"`   // administrators
	Subject string     `json:"subject,omitempty"` // at the OpenID provider; administrators
	Factors *Factors   `json:"factors,omitempty"` // administrators
	Created time.Time  `json:"created"`
	Seen    *time.Time `json:"seen,omitempty"` // the last request, to within five minutes; administrators
}

// StaffList answers GET /staff, by name.
type StaffList struct {
	Staff []StaffMember `json:"staff"`
}

// NewStaff makes a member of staff. Without a password they sign in at the OpenID provider alone.
type NewStaff struct {
	User     string `json:"user"` // 1 to 64 characters without spaces; upper and lower case do not matter
	Name     string `json:"name"`
	Roles    []Role `json:"roles"`
	Password string `json:"password,omitempty"`
	Email    string `json:"email,omitempty"`
	Subject  string `json:"subject,omitempty"`
	Language string `json:"language,omitempty"`
}

// StaffChange changes a member of staff. Version is the one that was read. What is nil stays.
type StaffChange struct {
	Version  int64   `json:"version"`
	Name     *string `json:"name,omitempty"`
	Roles    *[]Role `json:"roles,omitempty"`
	Disabled *bool   `json:"disabled,omitempty"`
	Password *string `json:"password,omitempty"` // "" takes it away
	Email    *string `json:"email,omitempty"`
	Subject  *string `json:"subject,omitempty"`
	Language *string `json:"language,omitempty"`
}

// Link opens a ticket to whoever was sent it. Its secret is shown once, when it is made.
type Link struct {
	ID      string    `json:"id"`
	By      string    `json:"by"` // staff name, "mail", or ""
	Created time.Time `json:"created"`
	Expires time.Time `json:"expires"`
	Uses    int       `json:"uses"` // so far, of MaxLinkUses
}

// LinkList answers GET /tickets/{n}/links.
type LinkList struct {
	Links []Link `json:"links"`
}

// CreatedLink answers POST /tickets/{n}/links.
type CreatedLink struct {
	Link Link   `json:"link"`
	URL  string `json:"url"` // the page that asks before it opens; a GET of it changes nothing
}

// OpenLink exchanges a link's secret for a token of its ticket.
type OpenLink struct {
	Secret string `json:"secret"`
}

// LinkOpened answers OpenLink.
type LinkOpened struct {
	Ticket  int64     `json:"ticket"`
	Token   string    `json:"token"` // as CreatedTicket.Token
	Expires time.Time `json:"expires"`
}

// ScreenFor is how long a ScreenPass holds.
const ScreenFor = time.Minute

// ScreenPass is a way to the page that looks at a customer's screen, without a
// second sign-in: for whoever asked for it, for one ticket, and once.
type ScreenPass struct {
	Pass    string    `json:"pass"`
	Expires time.Time `json:"expires"`
}

// OpenScreen exchanges a ScreenPass for a sign-in of whoever asked for it.
type OpenScreen struct {
	Ticket int64  `json:"ticket"` // the one that it was asked for
	Pass   string `json:"pass"`
}
