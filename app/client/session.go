package client

import (
	"context"
	"net/http"

	"github.com/coder/websocket"

	"github.com/beistand/beistand/app/api"
)

// AskSession asks the customer of a ticket for what n names; staff only. The
// asker's own open session in the same role is ended by it, and no other.
func (c *Client) AskSession(ctx context.Context, number int64, n api.NewSession) (api.Session, error) {
	return ask[api.Session](ctx, c, http.MethodPost, api.SessionsPath(number), n)
}

// MarkSession tells the desk what happened. Customer: consented, refused,
// started, ended, wrong_code. Supporter: started, ended, wrong_code. A mark
// that is already there changes nothing.
func (c *Client) MarkSession(ctx context.Context, id string, m api.SessionMark) error {
	return c.call(ctx, http.MethodPost, api.MarkPath(id), m, nil)
}

// ICE reads what the session's peer connection goes through.
func (c *Client) ICE(ctx context.Context, id string) (api.ICE, error) {
	return get[api.ICE](ctx, c, api.ICEPath(id))
}

// Room enters the session's room. Text messages are api.RoomEvent, the desk's
// own words; binary messages are the other side's, at most api.MaxRoomMessage
// bytes. What is sent before api.RoomPeerJoined reaches nobody.
func (c *Client) Room(ctx context.Context, id string) (*websocket.Conn, error) {
	header := http.Header{"User-Agent": {c.userAgent}}
	if t := c.Token(); t != "" {
		header.Set("Authorization", "Bearer "+t)
	}
	conn, resp, err := websocket.Dial(ctx, c.base.String()+api.RoomPath(id), &websocket.DialOptions{
		HTTPClient: c.http, HTTPHeader: header,
	})
	if err != nil {
		if resp != nil && resp.StatusCode != http.StatusSwitchingProtocols {
			return nil, refusal(resp)
		}
		return nil, c.unreachable(ctx, err)
	}
	conn.SetReadLimit(api.MaxRoomMessage)
	return conn, nil
}
