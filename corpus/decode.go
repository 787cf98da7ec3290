package corpus

import "errors"

func decode(data []byte, html bool) (string, error) {
	if len(data) == 0 {
		return "", errors.New("empty")
	}
	return string(data), nil
}
