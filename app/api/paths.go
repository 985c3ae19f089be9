package api

import (
	"net/url"
	"strconv"
)

// The paths, as the desk's ServeMux reads them: {n} is a ticket's number, {id} an opaque name.
const (
	PathHealth   = Prefix + "/health"
	PathReady    = Prefix + "/ready"
	PathMetrics  = Prefix + "/metrics"
	PathOpenAPI  = Prefix + "/openapi.json"
	PathSignIn   = Prefix + "/signin"
	PathSignOut  = Prefix + "/signout"
	PathTickets  = Prefix + "/tickets"
	PathTicket   = Prefix + "/tickets/{n}"
	PathEvents   = Prefix + "/tickets/{n}/events"
	PathBundle   = Prefix + "/tickets/{n}/bundles/{id}"
	PathSessions = Prefix + "/tickets/{n}/sessions"
	PathReveals  = Prefix + "/tickets/{n}/reveals"
	PathMark     = Prefix + "/sessions/{id}/mark"
	PathICE      = Prefix + "/sessions/{id}/ice"
	PathRoom     = Prefix + "/sessions/{id}/room"
	PathRecord   = Prefix + "/sessions/{id}/record"
	PathUploads  = Prefix + "/uploads"
	PathUpload   = Prefix + "/uploads/{id}"
)

// TicketPath is where one ticket is.
func TicketPath(number int64) string {
	return PathTickets + "/" + strconv.FormatInt(number, 10)
}

// EventsPath is where a ticket's changes are sent from.
func EventsPath(number int64) string { return TicketPath(number) + "/events" }

// BundlePath is where a ticket's bundle is.
func BundlePath(number int64, id string) string {
	return TicketPath(number) + "/bundles/" + url.PathEscape(id)
}

// SessionsPath is where sessions of a ticket are asked for.
func SessionsPath(number int64) string { return TicketPath(number) + "/sessions" }

// RevealsPath is where the customer says what was revealed.
func RevealsPath(number int64) string { return TicketPath(number) + "/reveals" }

// MarkPath is where a session's progress is told.
func MarkPath(id string) string { return sessionPath(id) + "/mark" }

// ICEPath is where a session's connection servers are.
func ICEPath(id string) string { return sessionPath(id) + "/ice" }

// RoomPath is where a session's two sides meet.
func RoomPath(id string) string { return sessionPath(id) + "/room" }

// RecordPath is where a session's record is.
func RecordPath(id string) string { return sessionPath(id) + "/record" }

// UploadPath is where an upload is; after its last byte it is also the bundle's ID.
func UploadPath(id string) string { return PathUploads + "/" + url.PathEscape(id) }

func sessionPath(id string) string { return Prefix + "/sessions/" + url.PathEscape(id) }
