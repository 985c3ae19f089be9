package texts

// What the desk writes onto timelines about mails.
const (
	Bounced   = "A mail to {{.Address}} did not arrive: {{.Reason}}"
	Unsent    = "A mail to {{.Address}} could not be sent: {{.Reason}}"
	Automatic = "An automatic answer:"
	NoReason  = "no reason was given"
	NoSubject = "Without a subject"
	TooMany   = "Too many mails went to this address in a short time."
)

// Why a mail that came is on no ticket.
const (
	Loop     = "The mail is one of the desk's own."
	Hops     = "The mail has gone round too many servers."
	Nobody   = "The mail names no sender."
	Blocked  = "Nothing is taken from this sender."
	Stranger = "Only known customers may file tickets by mail."
	Auto     = "A program wrote the mail, and it is about no ticket."
	Bulk     = "The mail went to many people."
	Unknown  = "The mail reports on one that the desk does not know."
	Receipt  = "The mail says that one was read, or comes later."
	Empty    = "The mail was empty."
	Header   = "The mail's header was too large."
	Large    = "The mail was too large."
)

// entries are all of them, and what is said of messages that were read in part.
var entries = []string{
	Bounced, Unsent, Automatic, NoReason, NoSubject, TooMany,
	Loop, Hops, Nobody, Blocked, Stranger, Auto, Bulk, Unknown, Receipt, Empty, Header, Large,
	"The text was too long; all of it is in {{.What}}.",
	"There were too many attachments; all of them are in {{.What}}.",
	"The message had too many parts; all of them are in {{.What}}.",
	"The message was nested too deeply; all of it is in {{.What}}.",
	"The message was broken; all that came is in {{.What}}.",
	"The ticket has too many files: {{.What}} was left out.",
	"The sender's domain does not stand for this mail (DMARC): somebody else may have written it.",
}
