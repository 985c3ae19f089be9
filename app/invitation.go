//go:build !headless

package app

import (
	"context"
	"fmt"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/session"
)

func invitation(s api.Session) (session.Invitation, error) {
	i, err := told(s)
	if err != nil {
		return session.Invitation{}, fmt.Errorf("%w: %w", session.ErrInvitation, err)
	}
	return session.Invitation{Invitation: i, Asked: s.Asked, Expires: s.Expires}, nil
}

func iceServers(ice api.ICE) []session.ICEServer {
	servers := make([]session.ICEServer, len(ice.Servers))
	for i, s := range ice.Servers {
		servers[i] = session.ICEServer{URLs: s.URLs, Username: s.Username, Credential: s.Credential}
	}
	return servers
}

// freshICE asks the desk again, when the connection is made.
func freshICE(c *client.Client, id string) func(context.Context) ([]session.ICEServer, error) {
	return func(ctx context.Context) ([]session.ICEServer, error) {
		ice, err := c.ICE(ctx, id)
		return iceServers(ice), err
	}
}
