package openaitest

import (
	"net/http"
	"slices"
	"strings"
)

// lacking answers a request that asks for what the server does not know.
func (a *answering) lacking() bool {
	r := a.r
	known := map[Route][]string{Chat: a.server.options.ChatModels, Embeddings: a.server.options.EmbeddingModels, Models: {r.Model}}
	refuse := func(param, message string) {
		a.complain(http.StatusBadRequest, message, "invalid_request_error", param, "unsupported_parameter")
	}
	lacks := func(f Fault, asked bool) bool { return asked && a.failures.has(f) }
	switch {
	case !slices.Contains(known[r.Route], r.Model):
		a.unknownModel()
	case lacks(NoSchema, r.Format == "json_schema"):
		refuse("response_format", "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.")
	case lacks(NoObject, r.Format == "json_object"):
		a.json(http.StatusBadRequest, object{"error": "'response_format.type' must be 'json_schema' or 'text'"}) // LM Studio
	case r.Format == "json_object" && !slices.ContainsFunc(r.Messages, func(m Message) bool { return strings.Contains(strings.ToLower(m.Content), "json") }):
		refuse("messages", "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.")
	case lacks(NoStreamOptions, r.IncludeUsage):
		a.json(http.StatusUnprocessableEntity, object{"detail": []object{{"loc": []string{"body", "stream_options"}, "msg": "Extra inputs are not permitted", "type": "extra_forbidden"}}})
	case lacks(NoTemperature, r.Temperature != nil && *r.Temperature != 1):
		a.complain(http.StatusBadRequest, "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.", "invalid_request_error", "temperature", "unsupported_value")
	case lacks(NoMaxTokens, r.LimitName == "max_tokens"):
		refuse("max_tokens", "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.")
	case lacks(NoCompletionMax, r.LimitName == "max_completion_tokens"):
		refuse("", "Unrecognized request argument supplied: max_completion_tokens")
	case lacks(NoDimensions, r.Dimensions > 0):
		refuse("dimensions", "This model does not support specifying dimensions.")
	case lacks(NoBase64, r.Encoding == "base64"):
		a.json(http.StatusBadRequest, object{"error": "encoding_format base64 is not supported"})
	case lacks(TooManyTexts, len(r.Input) > 4):
		a.raw(http.StatusRequestEntityTooLarge, "text/plain", "batch size too large")
	case lacks(NoList, r.Route == Models):
		a.raw(http.StatusNotFound, "text/plain", "404 page not found")
	default:
		return a.unlike()
	}
	return true
}

// unlike answers a request that other servers than OpenAI's refuse, in their words.
func (a *answering) unlike() bool {
	r := a.r
	lacks := func(f Fault, asked bool) bool { return asked && a.failures.has(f) }
	bad := slices.ContainsFunc(r.Input, func(text string) bool { return strings.Contains(text, BadWord) })
	switch {
	case lacks(NoSystem, r.System() != ""):
		a.json(http.StatusBadRequest, object{"object": "error", "message": "System role not supported", "type": "BadRequestError", "param": nil, "code": 400})
	case lacks(NoSystemCrash, r.System() != ""):
		a.json(http.StatusInternalServerError, object{"error": object{"code": 500, "message": "Value is not callable: System role not supported at row 1, column 50", "type": "server_error"}})
	case lacks(NoZero, r.Temperature != nil && *r.Temperature <= 0):
		a.json(http.StatusUnprocessableEntity, object{"error": "Input validation error: `temperature` must be strictly positive", "error_type": "validation"})
	case lacks(NoKeywords, r.Format == "json_schema"):
		a.json(http.StatusBadRequest, []object{{"error": object{
			"code": 400, "status": "INVALID_ARGUMENT",
			"message": "Invalid JSON payload received. Unknown name \"additionalProperties\" at 'generation_config.response_schema': Cannot find field.",
		}}})
	case lacks(NoStream, r.Stream):
		a.json(http.StatusBadRequest, object{"detail": "Streaming is not supported for this model"})
	case lacks(NoEffort, r.Effort != ""):
		a.json(http.StatusBadRequest, object{"error": object{"message": "Unrecognized request argument supplied: reasoning_effort", "type": "invalid_request_error", "param": nil, "code": nil}})
	case lacks(BadText, bad):
		a.complain(http.StatusInternalServerError, "failed to encode response: json: unsupported value: NaN", "api_error", "", "")
	case lacks(OneText, len(r.Input) > 1):
		a.json(http.StatusInternalServerError, object{"error": "input must be a string"})
	case lacks(LongText, bad):
		a.json(http.StatusBadRequest, object{"error": "the input length exceeds the context length"})
	default:
		return false
	}
	return true
}
