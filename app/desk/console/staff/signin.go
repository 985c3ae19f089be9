package staff

import (
	"encoding/json"
	"net/http"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/desk/console/page"
)

func signInPage(p *page.Request) error {
	return p.Show(http.StatusOK, "signin", page.SignIn{Then: page.Inside(p.R.URL.Query().Get("then"), "/desk/"), Ways: p.Ways()})
}

func signIn(p *page.Request) error {
	user := p.Get("user")
	signed, err := page.Ask[api.SignedIn](p, http.MethodPost, api.PathSignIn, api.SignIn{User: user, Password: p.Form.Get("password")})
	return entered(p, signed, err, nil)
}

// entered goes on after a step of a sign-in: to the next one, or to where
// somebody wanted to go.
func entered(p *page.Request, signed api.SignedIn, err error, step *api.SignedIn) error {
	data := page.SignIn{Kept: p.Form.Get("kept"), Then: p.Get("then"), User: p.Get("user"), Ways: p.Ways(), Step: step}
	if err != nil {
		problem, ok := p.Problem(err)
		if client.KindOf(err) == api.KindUnauthorized {
			problem, ok = p.T("Name or password is wrong."), true
			p.Blame("password")
			if step != nil {
				problem = p.T("That was not right. Try again, or begin anew.")
			}
		}
		if !ok {
			return err
		}
		data.Problem = problem
		return p.Show(http.StatusUnprocessableEntity, "signin", data)
	}
	if signed.Token == "" {
		data.Step = &signed
		return p.Show(http.StatusOK, "signin", data)
	}
	p.SignIn(signed.Token, signed.Expires)
	p.Speak(signed.Language)
	if kept := page.ReadKept(data.Kept); kept != nil {
		p.Me = page.Me{Name: signed.User, Display: signed.Name}
		p.Form = nil
		return p.Show(http.StatusOK, "again", kept)
	}
	return p.Go(data.Then)
}

func secondStep(p *page.Request) error {
	step := api.SecondStep{Pending: p.Form.Get("pending"), Code: p.Get("code"), Recovery: p.Get("recovery")}
	if key := p.Form.Get("credential"); json.Valid([]byte(key)) {
		step.Passkey = json.RawMessage(key)
	}
	now := api.SignedIn{Pending: step.Pending, Needs: p.Form["needs"]}
	if c := p.Form.Get("challenge"); json.Valid([]byte(c)) {
		now.Passkey = &api.PasskeyChallenge{Options: json.RawMessage(c)}
	}
	signed, err := page.Ask[api.SignedIn](p, http.MethodPost, api.PathSecondStep, step)
	return entered(p, signed, err, &now)
}

// passkeyBegin and passkeyFinish are for the page's module: a passkey can be
// asked for by script alone.
func passkeyBegin(p *page.Request) error {
	c, err := page.Ask[api.PasskeyChallenge](p, http.MethodPost, api.PathPasskeyBegin, nil)
	if err != nil {
		return err
	}
	return p.JSON(c)
}

func passkeyFinish(p *page.Request) error {
	signed, err := page.Ask[api.SignedIn](p, http.MethodPost, api.PathPasskeySignIn,
		api.PasskeyAnswer{State: p.Form.Get("state"), Credential: json.RawMessage(p.Form.Get("credential"))})
	return entered(p, signed, err, nil)
}

// oidcStart shows a page that goes on to the provider: a form may not lead there.
func oidcStart(p *page.Request) error {
	o, err := page.Ask[api.OIDCStarted](p, http.MethodPost, api.PathOIDCStart, api.OIDCStart{})
	if err != nil {
		return err
	}
	p.Flow(o.Flow, page.Inside(p.Get("then"), "/desk/"))
	return p.Show(http.StatusOK, "away", o.URL)
}

func oidcFinish(p *page.Request) error {
	if p.Bounce() {
		return nil
	}
	q := p.R.URL.Query()
	flow, then := p.Flowed()
	if q.Get("error") != "" || flow == "" {
		return p.Show(http.StatusUnprocessableEntity, "signin", page.SignIn{
			Then: then, Ways: p.Ways(), Problem: p.T("Your organisation's sign-in did not let you in. Try again, or ask its administrator."),
		})
	}
	signed, err := page.Ask[api.SignedIn](p, http.MethodPost, api.PathOIDCFinish, api.OIDCFinish{Flow: flow, State: q.Get("state"), Code: q.Get("code")})
	p.Form = map[string][]string{"then": {then}}
	return entered(p, signed, err, nil)
}

func signOut(p *page.Request) error {
	err := p.Tell(http.MethodPost, api.PathSignOut, nil)
	if err != nil && client.KindOf(err) != api.KindUnauthorized {
		return err
	}
	p.SignOut()
	return p.Go("/desk/signin")
}
