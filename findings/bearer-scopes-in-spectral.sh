#!/bin/sh
# Spectral 6.16.3 warns about scopes of bearer tokens, which OpenAPI 3.1 allows.
#
# OpenAPI 3.1, "Security Requirement Object": for types other than oauth2 and openIdConnect, the array may list role names
# that a call needs. They are not declared anywhere. (In OpenAPI 3.0 the array had to be empty.)
#
# Expected: no complaint about a valid document of OpenAPI 3.1.
# Seen: the rule `oas3-operation-security-defined` says that the scope "must be listed among scopes".
#
# Needs Node 20, npm and network access.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-audit --no-fund @stoplight/spectral-cli@6.16.3 >/dev/null
echo 'extends: ["spectral:oas"]' > .spectral.yaml
cat > openapi.yaml <<'YAML'
openapi: 3.1.0
info: { title: Photos, version: '1', description: Photos., contact: { name: Ann } }
servers: [{ url: 'https://photos.example.org' }]
tags: [{ name: photos, description: Photos. }]
paths:
  /photos:
    get:
      operationId: listPhotos
      description: Lists photos.
      tags: [photos]
      security: [{ token: [read] }]
      responses: { '200': { description: The photos. } }
components:
  securitySchemes:
    token: { type: http, scheme: bearer }
YAML
echo "Spectral $(node_modules/.bin/spectral --version)"
node_modules/.bin/spectral lint --quiet --format text openapi.yaml > seen.txt || true
cat seen.txt
echo
if grep -q '"read" must be listed among scopes' seen.txt && [ "$(grep -c openapi.yaml seen.txt)" = 1 ]; then
  echo 'As before: the scope is refused.'
else
  echo 'CHANGED: see above.'
  exit 1
fi
