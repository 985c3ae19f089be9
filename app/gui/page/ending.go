//go:build !headless

package page

import "fyne.io/fyne/v2/lang"

// Ending puts a record's words about why a session ended, which are English,
// into the person's language. Words that it does not know are shown as they
// are: they come from another version of the program.
func Ending(reason string) string {
	switch reason {
	case "ended by the customer":
		return lang.L("ended by the customer")
	case "ended by the supporter":
		return lang.L("ended by the supporter")
	case "ended by the desk":
		return lang.L("ended by the desk")
	case "the customer closed the question":
		return lang.L("the customer closed the question")
	case "the customer refused":
		return lang.L("the customer refused")
	case "the customer did not answer":
		return lang.L("the customer did not answer")
	case "the customer has left":
		return lang.L("the customer has left")
	case "the supporter has left":
		return lang.L("the supporter has left")
	case "the customer's program does not answer":
		return lang.L("the customer's program does not answer")
	case "the supporter's program does not answer":
		return lang.L("the supporter's program does not answer")
	case "the customer's program could not keep the record":
		return lang.L("the customer's program could not keep the record")
	case "the supporter's program could not keep the record":
		return lang.L("the supporter's program could not keep the record")
	case "the session's record was full":
		return lang.L("the session's record was full")
	case "the code was wrong":
		return lang.L("the code was wrong")
	case "the code has expired":
		return lang.L("the code has expired")
	case "the connection was lost":
		return lang.L("the connection was lost")
	case "no connection came about":
		return lang.L("no connection came about")
	case "the desk cannot be reached":
		return lang.L("the desk cannot be reached")
	case "the screen could not be read":
		return lang.L("the screen could not be read")
	case "a message was tampered with":
		return lang.L("a message was tampered with")
	case "nothing happened for 10 minutes":
		return lang.L("nothing happened for 10 minutes")
	case "it had lasted for 60 minutes":
		return lang.L("it had lasted for 60 minutes")
	}
	return Plain(reason)
}
