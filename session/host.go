package session

import "context"

// Host is the customer's side of one session.
type Host struct {
	config HostConfig
	code   Code
}

// NewHost draws the code's second part.
func NewHost(config HostConfig) (*Host, error) {
	code, err := NewCode(config.Invitation.FirstPart)
	if err != nil {
		return nil, err
	}
	return &Host{config: config, code: code}, nil
}

// Code is what the customer reads out, "NNN-NNNNNN".
func (h *Host) Code() string { return h.code.String() }

// Run takes the session to its end. Cancelling ctx is the customer's stop: the
// supporter is told, and no picture leaves afterwards. The error is nil when
// one of the two people ended a session that had begun. Run is called once.
func (h *Host) Run(ctx context.Context) (End, error) {
	return End{}, ctx.Err()
}
