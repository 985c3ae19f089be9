// Package customer is the customer's way through a case: describe, check, send, and show the screen if asked.
package customer
