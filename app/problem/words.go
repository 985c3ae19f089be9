package problem

type kind int

const (
	unknown kind = iota
	onDesk
	badUsage
	cancelled
	deskUnreachable
	plainHTTP
	signedOut
	forbidden
	notFound
	gone
	tooLarge
	damaged
	tooMany
	deskFull
	deskBroken
	deskRefused
	badProfile
	badProfileAt
	badBundle
	notRedacted
	badNames
	diskFull
	fileMissing
	fileForbidden
	wrongCode
	badCode
	otherSession
	consentRefused
	codeExpired
	peerLeft
	noConnection
	connectionLost
	deskEnded
	tampered
	noScreen
	noRecord
	idle
	tooLong
	badRecord
	unwellDesk
	unwellHere
	otherDesk
	notTheProfiles
	recordFull
	badInvitation
	nothingToGive
	questionTooSoon
	rightNotGiven
	isHeld
	tooQuick
	notTaken
	fileTooLarge
	tooManyFiles
	fileUnread
	fileUnstored
	fileAltered
)

// Exit codes, the same for every command.
const (
	ExitUnexpected  = 1
	ExitUsage       = 2
	ExitUnreachable = 3 // the desk does not answer
	ExitRefused     = 4 // the desk or a person says no
	ExitNotFound    = 5
	ExitDiskFull    = 6
	ExitBadInput    = 7 // a profile, bundle or file that cannot be used
	ExitSession     = 8
	ExitCancelled   = 9
)

type wording struct {
	sentence, hint string
	exit           int
}

// words has for every kind what happened and why, then what to do.
var words = map[kind]wording{
	unknown: {
		"This did not work: {{.Why}}.",
		"Please try again; what was collected is kept.", ExitUnexpected,
	},
	onDesk: {
		"This did not work: {{.Why}}.",
		"Put right what it names, then run the command again.", ExitUnexpected,
	},
	badUsage: {
		"{{.Why}}.",
		"Add --help to see what this command takes.", ExitUsage,
	},
	cancelled: {
		"It was stopped before it was finished.",
		"What was collected is kept; you can start again at any time.", ExitCancelled,
	},
	deskUnreachable: {
		"The support desk at {{.Desk}} does not answer: {{.Why}}.",
		"Check the address and your network connection, then try again; what was collected is kept.", ExitUnreachable,
	},
	plainHTTP: {
		"The desk's address begins with http://, so anybody on the way could read what is sent.",
		"Use the address that begins with https://.", ExitUsage,
	},
	signedOut: {
		"The desk does not accept this sign-in: {{.Why}}.",
		"Check name and password, then sign in again.", ExitRefused,
	},
	forbidden: {
		"The desk does not allow this: {{.Why}}.",
		"Ask the desk's administrator if you need it.", ExitRefused,
	},
	notFound: {
		"The desk does not have this: {{.Why}}.",
		"Check the number; it may have been removed.", ExitNotFound,
	},
	gone: {
		"This is already over: {{.Why}}.",
		"Start again with a new request.", ExitRefused,
	},
	tooLarge: {
		"The desk does not take anything this large: {{.Why}}.",
		"Untick the largest items and send again.", ExitRefused,
	},
	damaged: {
		"The file was damaged on its way to the desk.",
		"Send it again; nothing is lost.", ExitRefused,
	},
	tooMany: {
		"The desk has been asked too often in a short time.",
		"Wait a minute, then try again; what was collected is kept.", ExitRefused,
	},
	deskFull: {
		"The desk has no room left on its disk.",
		"Try again later or save the bundle as a file; what was collected is kept.", ExitRefused,
	},
	deskBroken: {
		"The desk has a problem of its own: {{.Why}}.",
		"Try again in a minute; what was collected is kept.", ExitUnreachable,
	},
	deskRefused: {
		"The desk does not take this: {{.Why}}.",
		"Correct it and send again; nothing is lost.", ExitRefused,
	},
	badProfile: {
		"The support profile {{.File}} cannot be used: {{.Why}}.",
		"Ask the vendor for a correct profile, or start without one.", ExitBadInput,
	},
	badProfileAt: {
		"The support profile {{.File}} cannot be used, line {{.Line}}, column {{.Column}}: {{.Why}}.",
		"Ask the vendor for a correct profile, or start without one.", ExitBadInput,
	},
	badBundle: {
		"This bundle cannot be used: {{.Why}}.",
		"Collect again, or ask the sender for a new one.", ExitBadInput,
	},
	notRedacted: {
		"{{.File}} was not redacted: {{.Why}}.",
		"Do not give it to anybody before you have looked at it yourself.", ExitBadInput,
	},
	badNames: {
		"This file of names cannot be used: {{.Why}}.",
		"Choose the one that was made with this case; it stays on this computer.", ExitBadInput,
	},
	diskFull: {
		"This computer's disk is full.",
		"Free some space, then try again; what was collected until now is kept.", ExitDiskFull,
	},
	fileMissing: {
		"There is no file {{.File}}.",
		"Check the name and the folder.", ExitNotFound,
	},
	fileForbidden: {
		"The file {{.File}} may not be read or written by you.",
		"Ask the administrator of this computer, or choose another place.", ExitBadInput,
	},
	wrongCode: {
		"The code was wrong, so it is used up and nothing was shown.",
		"Ask for a session again; a new code will appear.", ExitSession,
	},
	badCode: {
		"A session code has nine digits, like 123-456789.",
		"Ask the customer to read it out once more.", ExitSession,
	},
	otherSession: {
		"This code belongs to another request.",
		"Ask the customer to read out the code that is on the screen now.", ExitSession,
	},
	consentRefused: {
		"The customer did not allow it.",
		"Talk to the customer, then ask again if both of you agree.", ExitSession,
	},
	codeExpired: {
		"The code was not used in time and is no longer valid.",
		"Ask for a session again; a new code will appear.", ExitSession,
	},
	peerLeft: {
		"The other side has left.",
		"Ask again when both are there.", ExitSession,
	},
	noConnection: {
		"The two computers could not be connected: {{.Why}}.",
		"Check the network on both sides, then ask again.", ExitSession,
	},
	connectionLost: {
		"The connection between the two computers was lost.",
		"Ask again when the network is back.", ExitSession,
	},
	deskEnded: {
		"The desk has ended this session.",
		"Ask again; if it happens again, tell the desk's administrator.", ExitSession,
	},
	tampered: {
		"Somebody on the way has altered this session's messages, so it was ended; nothing was shown to them.",
		"Tell the desk's administrator before you try again.", ExitSession,
	},
	noRecord: {
		"The session was ended because its record could not be written: {{.Why}}.",
		"Free some space on both computers' disks, then ask again.", ExitSession,
	},
	idle: {
		"Nothing happened for 10 minutes, so the session was ended.",
		"If there is more to see, ask again.", ExitSession,
	},
	tooLong: {
		"The session lasted for 60 minutes, which is the longest time, so it was ended.",
		"If there is more to see, ask again.", ExitSession,
	},
	recordFull: {
		"The session's record was full, so the session was ended.",
		"If there is more to see, ask again.", ExitSession,
	},
	badInvitation: {
		"The desk's invitation to this session is not signed as it must be, so nothing was begun.",
		"Tell the desk's administrator before you try again.", ExitSession,
	},
	nothingToGive: {
		"This computer has nothing of what the supporter asks for.",
		"Ask the supporter to ask for something else.", ExitSession,
	},
	questionTooSoon: {
		"The customer cannot be asked again yet.",
		"One question at a time, ten seconds apart, and no more than 20 in a session.", ExitSession,
	},
	rightNotGiven: {
		"This is not allowed, or not any more.",
		"Ask for it first.", ExitSession,
	},
	isHeld: {
		"Nothing can be done while the session is paused.",
		"Wait until it goes on.", ExitSession,
	},
	tooQuick: {
		"That was too much at once.",
		"Try again in a moment.", ExitSession,
	},
	notTaken: {
		"It was not taken, or somebody has stopped it.",
		"Talk about it, then try again.", ExitSession,
	},
	fileTooLarge: {
		"The file is larger than what can be handed over, 2 GB.",
		"Split it, or hand it over in another way.", ExitSession,
	},
	tooManyFiles: {
		"Too many files are on their way, or were in this session.",
		"Wait for those that are on their way.", ExitSession,
	},
	fileUnread: {
		"The file cannot be read where it comes from.",
		"Check that it is there and can be opened, then try again.", ExitSession,
	},
	fileUnstored: {
		"The file cannot be stored where it goes.",
		"Check the free space and the folder there, then try again.", ExitSession,
	},
	fileAltered: {
		"What arrived is not what was sent, so nothing of it was kept.",
		"Try again; if it happens again, tell the desk's administrator.", ExitSession,
	},
	badRecord: {
		"{{.Why}}.",
		"Do not rely on it alone; ask for the other side's copy and hold both against each other.", ExitBadInput,
	},
	unwellDesk: {
		"The way to the desk does not work from here.",
		"What to do stands beside each check.", ExitUnreachable,
	},
	otherDesk: {
		"The support desk at {{.Desk}} is not the one that this computer knows: its key is another.",
		"Call your support before you go on. If they say that their desk was set up anew, remove the file {{.File}} and try again.", ExitRefused,
	},
	notTheProfiles: {
		"The support desk at {{.Desk}} is not the one that the support profile names: its key is another.",
		"Call your support before you go on; nothing was sent.", ExitRefused,
	},
	unwellHere: {
		"Not everything works from here.",
		"What to do stands beside each check.", ExitSession,
	},
	noScreen: {
		"The screen cannot be seen from here: {{.Why}}.",
		"Start the program in the desktop session that you want to show.", ExitSession,
	},
}
