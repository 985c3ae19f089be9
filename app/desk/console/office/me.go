package office

import (
	"encoding/json"
	"net/http"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/desk/console/page"
)

// profile is the data of somebody's own page.
type profile struct {
	api.Me
	Sessions []api.SignInSession
	Refused  *page.Refused
	Enrol    *api.TOTPEnrolment // shown once
	Codes    []string           // shown once
	Done     string
}

func me(p *page.Request) error { return showMe(p, http.StatusOK, profile{}) }

func showMe(p *page.Request, status int, d profile) error {
	var err error
	if d.Me, err = page.Read[api.Me](p, api.PathMe); err != nil {
		return err
	}
	if s, err := page.Read[api.SignInSessions](p, api.PathMeSessions); err == nil {
		d.Sessions = s.Sessions
	}
	return p.Show(status, "me", d)
}

// afterMe shows one's own page: with what was done, or why it was not.
func afterMe(p *page.Request, err error, done string) error {
	if err == nil {
		p.Form = nil
		return showMe(p, http.StatusOK, profile{Done: done})
	}
	refused, ok := p.Refused(err)
	if !ok {
		return err
	}
	return showMe(p, refused.Status, profile{Refused: refused})
}

func saveMe(p *page.Request) error {
	err := p.Tell(http.MethodPatch, api.PathMe, api.MeChange{Name: new(p.Get("name")), Language: new(p.Get("language")), Email: new(p.Get("email"))})
	if err == nil {
		p.Speak(p.Get("language"))
		return p.Go("/desk/me")
	}
	return afterMe(p, err, "")
}

func password(p *page.Request) error {
	if p.Form.Get("password") != p.Form.Get("again") {
		p.Blame("again")
		return showMe(p, http.StatusUnprocessableEntity, profile{Refused: &page.Refused{Problem: p.T("The two new passwords are not the same.")}})
	}
	err := p.Tell(http.MethodPost, api.PathMePassword, api.NewPassword{Current: p.Form.Get("current"), Password: p.Form.Get("password")})
	if client.KindOf(err) == api.KindUnauthorized {
		p.Blame("current")
		return showMe(p, http.StatusUnprocessableEntity, profile{Refused: &page.Refused{Problem: p.T("The password until now is wrong.")}})
	}
	return afterMe(p, err, p.T("The password was changed. Everywhere else you are signed out."))
}

func totp(p *page.Request) error {
	if p.Get("do") == "delete" {
		return afterMe(p, p.Tell(http.MethodDelete, api.PathMeTOTP, nil), p.T("The authenticator is no longer asked for."))
	}
	e, err := page.Ask[api.TOTPEnrolment](p, http.MethodPost, api.PathMeTOTP, nil)
	if err != nil {
		return afterMe(p, err, "")
	}
	return showMe(p, http.StatusOK, profile{Enrol: &e})
}

func totpConfirm(p *page.Request) error {
	codes, err := page.Ask[api.RecoveryCodeList](p, http.MethodPost, api.PathMeTOTPConfirm, api.TOTPConfirm{Code: p.Get("code")})
	if err != nil {
		return afterMe(p, err, "")
	}
	return showMe(p, http.StatusOK, profile{Codes: codes.Codes, Done: p.T("The authenticator counts from now on.")})
}

func recovery(p *page.Request) error {
	codes, err := page.Ask[api.RecoveryCodeList](p, http.MethodPost, api.PathMeRecovery, nil)
	if err != nil {
		return afterMe(p, err, "")
	}
	return showMe(p, http.StatusOK, profile{Codes: codes.Codes})
}

// passkeyBegin is for the page's module.
func passkeyBegin(p *page.Request) error {
	c, err := page.Ask[api.PasskeyChallenge](p, http.MethodPost, api.PathMePasskeyBegin, nil)
	if err != nil {
		return err
	}
	return p.JSON(c)
}

func passkey(p *page.Request) error {
	err := p.Tell(http.MethodPost, api.PathMePasskeys, api.PasskeyAnswer{State: p.Form.Get("state"), Name: p.Get("name"), Credential: json.RawMessage(p.Form.Get("credential"))})
	return afterMe(p, err, p.T("The passkey can be used from now on."))
}

func dropPasskey(p *page.Request) error {
	return afterMe(p, p.Tell(http.MethodDelete, api.MePasskeyPath(p.R.PathValue("id")), nil), p.T("The passkey is gone."))
}

// dropSessions signs out one other place, or all of them.
func dropSessions(p *page.Request) error {
	path := api.PathMeSessions
	if id := p.Get("id"); id != "" {
		path = api.MeSessionPath(id)
	}
	return afterMe(p, p.Tell(http.MethodDelete, path, nil), p.T("You are signed out there."))
}

// confirm shows once more who somebody is, and goes on with what they wanted.
func confirm(p *page.Request) error {
	kept, then := page.ReadKept(p.Form.Get("kept")), p.Get("then")
	err := p.Tell(http.MethodPost, api.PathMeConfirm, api.Confirm{Password: p.Form.Get("password"), Code: p.Get("code")})
	switch {
	case client.KindOf(err) == api.KindUnauthorized || client.KindOf(err) == api.KindInvalid:
		return p.Show(http.StatusUnprocessableEntity, "confirm", page.Confirm{Kept: p.Form.Get("kept"), Then: then, Problem: p.T("That was not right. Try again.")})
	case err != nil:
		return err
	case kept != nil:
		p.Form = nil
		return p.Show(http.StatusOK, "again", kept)
	}
	return p.Go(page.Inside(then, "/desk/me"))
}
