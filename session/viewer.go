package session

import "context"

// Viewer is the supporter's side of one session.
type Viewer struct {
	config ViewerConfig
	code   Code
}

// NewViewer checks the typed code. It gives ErrBadCode or ErrNotThisSession
// for codes that cannot be right; these use up no guess.
func NewViewer(config ViewerConfig) (*Viewer, error) {
	code, err := ParseCode(config.Code)
	if err != nil {
		return nil, err
	}
	if code.first != config.Invitation.FirstPart {
		return nil, ErrNotThisSession
	}
	return &Viewer{config: config, code: code}, nil
}

// Run takes the session to its end. Cancelling ctx is the supporter's stop.
// The error is nil when one of the two people ended a session that had begun.
// Run is called once.
func (v *Viewer) Run(ctx context.Context) (End, error) {
	return End{}, ctx.Err()
}
