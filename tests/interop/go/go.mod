module interop

go 1.19

require github.com/calvertyang/opentok-go-sdk/v2 v2.3.2

require (
	github.com/golang-jwt/jwt/v4 v4.1.0 // indirect
	github.com/google/uuid v1.3.0 // indirect
)
