package discordtest

import "net/http"

// apiError is an error as Discord writes it.
type apiError struct {
	status, code int
	message      string
	errors       object
}

func (e *apiError) with(errors object) *apiError {
	c := *e
	c.errors = errors
	return &c
}

// The errors that parley may meet, each with its status and code.
var (
	errUnauthorized        = &apiError{http.StatusUnauthorized, 0, "401: Unauthorized", nil}
	errRoute               = &apiError{http.StatusNotFound, 0, "404: Not Found", nil}
	errUnknownChannel      = &apiError{http.StatusNotFound, 10003, "Unknown Channel", nil}
	errUnknownGuild        = &apiError{http.StatusNotFound, 10004, "Unknown Guild", nil}
	errUnknownMember       = &apiError{http.StatusNotFound, 10007, "Unknown Member", nil}
	errUnknownMessage      = &apiError{http.StatusNotFound, 10008, "Unknown Message", nil}
	errUnknownUser         = &apiError{http.StatusNotFound, 10013, "Unknown User", nil}
	errUnknownWebhook      = &apiError{http.StatusNotFound, 10015, "Unknown Webhook", nil}
	errUnknownInteraction  = &apiError{http.StatusNotFound, 10062, "Unknown interaction", nil}
	errUnknownApplication  = &apiError{http.StatusNotFound, 10002, "Unknown Application", nil}
	errAcknowledged        = &apiError{http.StatusBadRequest, 40060, "Interaction has already been acknowledged.", nil}
	errFollowups           = &apiError{http.StatusBadRequest, 40094, "This interaction has reached the maximum number of follow up messages", nil}
	errMissingAccess       = &apiError{http.StatusForbidden, 50001, "Missing Access", nil}
	errOthersMessage       = &apiError{http.StatusForbidden, 50005, "Cannot edit a message authored by another user", nil}
	errEmptyMessage        = &apiError{http.StatusBadRequest, 50006, "Cannot send an empty message", nil}
	errCannotDM            = &apiError{http.StatusForbidden, 50007, "Cannot send messages to this user", nil}
	errMissingPermissions  = &apiError{http.StatusForbidden, 50013, "Missing Permissions", nil}
	errInvalidWebhookToken = &apiError{http.StatusUnauthorized, 50027, "Invalid Webhook Token", nil}
	errForm                = &apiError{http.StatusBadRequest, 50035, "Invalid Form Body", nil}
	errVersion             = &apiError{http.StatusBadRequest, 50041, "Invalid API version provided", nil}
	errJSON                = &apiError{http.StatusBadRequest, 50109, "The request body contains invalid JSON.", nil}
	errCannotReply         = &apiError{http.StatusForbidden, 160002, "Cannot reply without permission to read message history", nil}
	errThreadExists        = &apiError{http.StatusBadRequest, 160004, "A thread has already been created for this message", nil}
)
