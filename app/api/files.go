package api

import "net/url"

// Scan is what the desk's scanner says of a file. A file that it has not
// called clean is named, and not given out.
type Scan string

// What a scanner says.
const (
	ScanClean   Scan = ""        // clean, or this desk has no scanner
	ScanWaiting Scan = "waiting" // not looked at yet; ask again a little later
	ScanFound   Scan = "found"   // it found something: the file stays in quarantine
	ScanFailed  Scan = "failed"  // it could not say: the file stays in quarantine, too
)

// What an upload becomes: the key "kind" of Upload-Metadata.
const (
	UploadBundle = "bundle" // evidence, on the ticket at once; the same without the key
	UploadFile   = "file"   // an attachment, on the ticket with the entry that names it in NewEntry.Files
)

// Limits of attachments.
const (
	MaxFile       = int64(256) << 20 // bytes, an upload of the kind file
	MaxMediaType  = 100              // bytes of an attachment's media type: the key "type" of Upload-Metadata
	MaxEntryFiles = 20               // of one entry
)

// PathFile is where an attachment is: GET answers as for a bundle.
const PathFile = Prefix + "/tickets/{n}/files/{id}"

// FilePath is where a ticket's attachment is.
func FilePath(number int64, id string) string {
	return TicketPath(number) + "/files/" + url.PathEscape(id)
}
